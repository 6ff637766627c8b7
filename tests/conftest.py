"""The cast: a few invented people and two centres, the same in every test; and whole sites that really run."""

import fcntl
import itertools
import os
import uuid
from datetime import date, timedelta
from threading import BoundedSemaphore
from unittest.mock import Mock

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from modelsearch import signal_handlers
from wagtail.models import Locale, Page, Site

from cms.models import HomePage
from courses.models import CataloguePage, CoursePage, LessonPage, Topic
from courses.progress import Event, record
from lms.accounts import exports
from lms.accounts.ids import uuid7
from lms.accounts.models import SecondFactor, SecretCode, User
from lms.accounts.second_factor import MARK
from lms.centres.backends import PeopleBackend
from lms.centres.models import (
    Centre,
    Device,
    District,
    Learner,
    Province,
    ProvinceRegion,
    Region,
    RegionSet,
    Subdistrict,
)
from lms.centres.signing_in import DEVICE_COOKIE
from lms.network.open_data import views as open_data
from tests.live import LiveSite

CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # slowness is no fault
hypothesis_settings.register_profile("landing", derandomize=True, **CALM)  # the same change passes or fails, each time
hypothesis_settings.register_profile("chance", **CALM)  # `make chance`, for what nobody thought of
hypothesis_settings.load_profile("chance" if os.environ.get("SALA_TEST_CHANCE") else "landing")

SEARCHED = "/authoring/", "/cms/", "eras"  # in the names of tests
SINCE = date(2020, 1, 1)  # when roles began, so that a test may stop the clock on any later day


@pytest.fixture(autouse=True)
def _as_after_a_start(settings):
    """Nothing in the cache, and Thai spoken: the test before may have asked for a page in English."""
    for cache in caches.all():
        cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _nobody_is_sent_a_file(monkeypatch):
    """A test that leaves an answer unread keeps its place among the few that are sent at a time, as no server does."""
    monkeypatch.setattr(exports, "_places", BoundedSemaphore(exports.AT_ONCE))
    monkeypatch.setattr(open_data, "_place", BoundedSemaphore(1))


@pytest.fixture(autouse=True)
def _whoever_is_signed_in_by_a_test_has_shown_the_second_factor(monkeypatch):
    """`client.force_login(wipha)` is the whole way in. Only the sign-in page asks for the code, and its own tests."""
    sign_in = Client._login

    def all_the_way(client, user, backend=None):
        sign_in(client, user, backend)
        if PeopleBackend().get_user(user.pk).needs_second_factor:
            factor = SecondFactor.objects.get_or_create(user_id=user.pk)[0]
            session = client.session
            session[MARK] = str(factor.pk)
            session.save()

    monkeypatch.setattr(Client, "_login", all_the_way)


@pytest.fixture(autouse=True)
def _nothing_is_indexed_where_nobody_searches(request, monkeypatch):
    """Wagtail's index of words is a twentieth of what tests cost; the studio's lists and the erasing read it."""
    if not any(name in str(request.path) for name in SEARCHED):
        monkeypatch.setattr(signal_handlers, "insert_or_update_object_task", Mock())


@pytest.fixture(scope="session")
def prepared_site(tmp_path_factory, worker_id):
    """The demo, prepared once for all test processes and never started: copy it."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    site = LiveSite(shared / "prepared-site")
    with (shared / "prepared-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (site.folder / "ready").exists():
            site.folder.mkdir()
            site.manage("prepare_demo")
            site.manage("collectstatic", "--noinput", "-v", "0")
            (site.folder / "ready").touch()
    return site


@pytest.fixture
def live_site(prepared_site, tmp_path):
    """A demo of one's own, running under gunicorn on its own database file."""
    site = prepared_site.copy_to(tmp_path / "site").start()
    yield site
    site.stop()


@pytest.fixture
def regions(db):
    """The four regions, as {code: Region}."""
    regions = RegionSet.objects.get_or_create(
        code="four-regions", defaults={"valid_from": date(2009, 9, 17), "is_current": True}
    )[0]
    names = {"N": "ภาคเหนือ", "NE": "ภาคตะวันออกเฉียงเหนือ", "C": "ภาคกลาง", "S": "ภาคใต้"}
    return {
        code: Region.objects.get_or_create(
            region_set=regions, code=code, defaults={"name_th": name, "name_en": code, "position": place}
        )[0]
        for place, (code, name) in enumerate(names.items())
    }


@pytest.fixture
def subdistrict_of(regions):
    """A subdistrict of a province, made with all that stands above it."""

    def make(province_code, name_th, name_en, region_code):
        province, new = Province.objects.get_or_create(
            code=province_code, defaults={"name_th": name_th, "name_en": name_en, "sort_key": name_th}
        )
        if new:
            region = regions[region_code]
            ProvinceRegion.objects.create(region_set=region.region_set, province=province, region=region)
        district = District.objects.get_or_create(
            code=f"{province_code}01", defaults={"province": province, "name_th": "เมือง", "name_en": "Mueang"}
        )[0]
        return Subdistrict.objects.get_or_create(
            code=f"{province_code}0101",
            defaults={"district": district, "name_th": "ในเมือง", "name_en": "Nai Mueang"},
        )[0]

    return make


@pytest.fixture
def ban_nong_bua(subdistrict_of):
    """A temple centre in Surin, in the North-East."""
    return Centre.objects.create(
        code="TH-32-0001",
        name_th="ศูนย์ดิจิทัลชุมชนบ้านหนองบัว",
        name_en="Ban Nong Bua",
        subdistrict=subdistrict_of("32", "สุรินทร์", "Surin", "NE"),
        host_kind="temple",
    )


@pytest.fixture
def ban_pua(subdistrict_of):
    """A school centre in Nan, in the North: the other centre."""
    return Centre.objects.create(
        code="TH-55-0001",
        name_th="ศูนย์ดิจิทัลชุมชนบ้านปัว",
        name_en="Ban Pua",
        subdistrict=subdistrict_of("55", "น่าน", "Nan", "N"),
        host_kind="school",
    )


@pytest.fixture
def learner_at(db):
    """A learner of a centre: learner_at(centre, "ป้าแก้ว")."""

    def make(centre, name, **fields):
        usual = {"age_band": "60+", "date_joined": timezone.now()}  # which a test may have stopped
        user = User.objects.create_user(name=name, **usual | fields)
        centre.welcome(user)
        return Learner.objects.get(pk=user.pk)

    return make


@pytest.fixture
def set_code():
    """Give a learner a secret code: set_code(somsri, "fish-lotus-mango") or set_code(fah, "120956", "pin")."""

    def make(learner, code, kind="pictures"):
        secret = SecretCode(user_id=learner.pk, kind=kind)
        secret.keep(code)
        secret.save()
        return secret

    return make


@pytest.fixture
def somsri(ban_nong_bua, learner_at):
    """ป้าสมศรี, a weaver, learns at Ban Nong Bua."""
    return learner_at(ban_nong_bua, "ป้าสมศรี", age_band="40-59")


@pytest.fixture
def thongbai(ban_nong_bua, learner_at):
    """ป้าทองใบ, who learns beside her."""
    return learner_at(ban_nong_bua, "ป้าทองใบ")


@pytest.fixture
def fah(ban_pua, learner_at):
    """น้องฟ้า, 16, learns at the other centre."""
    return learner_at(ban_pua, "น้องฟ้า", age_band="11-19")


@pytest.fixture
def nok(ban_nong_bua):
    """ครูนก, the caretaker at Ban Nong Bua."""
    nok = User.objects.create_user("nok", "password-of-nok", name="ครูนก")
    ban_nong_bua.appoint_caretaker(nok, started_on=SINCE)
    return nok


@pytest.fixture
def kham(ban_pua):
    """ลุงคำปัน, the caretaker of the other centre."""
    kham = User.objects.create_user("kham", "password-of-kham", name="ลุงคำปัน")
    ban_pua.appoint_caretaker(kham, started_on=SINCE)
    return kham


@pytest.fixture
def ek(regions, ban_nong_bua):
    """พี่เอก, core member for the North-East, who looks after Ban Nong Bua."""
    ek = User.objects.create_user("ek", "password-of-ek", name="พี่เอก")
    ek.appointments.create(region=regions["NE"], started_on=SINCE).centres.add(ban_nong_bua)
    return ek


@pytest.fixture
def wipha(db):
    """คุณวิภา, who plans at the ministry."""
    wipha = User.objects.create_user("wipha", "password-of-wipha", name="คุณวิภา")
    wipha.ministry_posts.create(started_on=SINCE)
    return wipha


@pytest.fixture
def prae(db):
    """คุณแพร of the ministry, who edits the nation's courses, and reviews where there is no core member."""
    prae = User.objects.create_user("prae", "password-of-prae", name="คุณแพร")
    prae.ministry_posts.create(started_on=SINCE, edits_courses=True)
    return prae


@pytest.fixture
def device(ban_nong_bua, nok):
    """Machine 1 at Ban Nong Bua, bound."""
    return Device.objects.create(centre=ban_nong_bua, name="เครื่อง 1", bound_by=nok)


@pytest.fixture
def sits_at(set_code):
    """A learner taps their code at a machine: sits_at(somsri, device). Gives their browser."""

    def make(learner, device):
        browser = Client()
        browser.cookies[DEVICE_COOKIE] = device.cookie
        set_code(learner, "fish-lotus-mango")
        answer = browser.post(f"/who/{learner.pk}/", {"picture": ["fish", "lotus", "mango"]})
        assert answer.status_code in (302, 303)
        return browser

    return make


@pytest.fixture
def shelf(db):
    """The catalogue page that courses stand under."""
    Locale.objects.get_or_create(language_code="th")  # a test with threads leaves an empty database behind
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="root", slug="root")
    home = HomePage.objects.first() or root.add_child(instance=HomePage(title="ศาลา", slug="sala"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
    return CataloguePage.objects.first() or home.add_child(instance=CataloguePage(title="วิชา", slug="courses"))


RIGHT = {"text": "ค่าแรงตัวเอง", "correct": True, "explanation": "ใช่แล้ว แรงของเราก็เป็นทุน"}
WRONG = {"text": "ค่าดูหนัง", "correct": False, "explanation": "ไม่เกี่ยวกับการทำของขาย ลองดูตารางอีกครั้ง"}


@pytest.fixture
def write_course(shelf):
    """A published course with lessons of one question and one number each: write_course("คิดทุน", lessons=2)."""
    numbers = itertools.count(1)

    def make(title="คิดทุนให้ครบ", lessons=2, centre=None):
        n = next(numbers)
        topic = Topic.objects.get_or_create(slug="entrepreneurship", defaults={"title_th": "อาชีพ", "title_en": "Work"})[
            0
        ]
        course = CoursePage(title=title, slug=f"course-{n}", topic=topic, centre=centre, live=False)
        shelf.add_child(instance=course)
        for place in range(1, lessons + 1):
            body = [
                {"type": "text", "value": "ป้าแดงทำกล้วยตากขาย"},
                {
                    "type": "single_choice",
                    "id": str(uuid.uuid4()),
                    "value": {"question": "อะไรเป็นทุน", "choices": [WRONG, RIGHT]},
                },
                {
                    "type": "number",
                    "id": str(uuid.uuid4()),
                    "value": {
                        "question": "ถุงละกี่บาท",
                        "answer": "30",
                        "tolerance": "0",
                        "unit": "บาท",
                        "explanation": "1,200 หาร 40",
                    },
                },
            ]
            lesson = LessonPage(title=f"บท {n}.{place}", slug=f"lesson-{place}", body=body)
            course.add_child(instance=lesson)
            lesson.save_revision().publish()
        course.save_revision().publish()
        return CoursePage.objects.get(pk=course.pk)

    return make


TASK = {
    "title": "คิดทุนของเรา",
    "instructions": "ทำที่บ้าน แล้วให้คนดูแลดู",
    "checklist": ["จดทุกอย่างที่ซื้อ", "บวกแล้ว", "หารแล้ว"],
    "observed_by": "caretaker",
}


@pytest.fixture
def hands_on(shelf):
    """A lesson with a question, and a task of three things that the caretaker is to see."""
    topic = Topic.objects.get_or_create(slug="entrepreneurship", defaults={"title_th": "อาชีพ", "title_en": "Work"})[0]
    course = CoursePage(title="ลงมือ คิดทุน", slug="hands-on", topic=topic, live=False)
    shelf.add_child(instance=course)
    body = [
        {
            "type": "single_choice",
            "id": str(uuid.uuid4()),
            "value": {"question": "อะไรเป็นทุน", "choices": [WRONG, RIGHT]},
        },
        {"type": "task", "id": str(uuid.uuid4()), "value": TASK},
    ]
    lesson = LessonPage(title="ทุนของเรา", title_en="Our costs", slug="our-costs", body=body)
    course.add_child(instance=lesson)
    lesson.save_revision().publish()
    course.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def did():
    """Somebody did something some minutes ago: did(somsri, hands_on, "task", [0, 1, 2], ago=5).

    `what` is the kind of the activity that was answered, or the verb of the event. Gives the verdict.
    """

    def make(learner, lesson, what, answer=None, ago=0, by=None, **more):
        block = next((block for block in lesson.body if block.block_type == what), None)
        if block is not None:
            more = {"activity": uuid.UUID(block.id), "answer": answer, "verb": "answered"} | more
        event = Event(
            **{"id": uuid7(), "verb": what, "occurred_at": timezone.now() - timedelta(minutes=ago)} | more,
            learner=learner.pk,
            lesson=lesson.key,
        )
        return record([event], by=by or learner)[0]

    return make


@pytest.fixture
def course(write_course):
    """A course of two lessons."""
    return write_course()
