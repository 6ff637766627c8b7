"""ข้อมูลของฉัน: a learner sees, corrects and takes away what is kept of them, and asks for more."""

import json
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from courses.models import LearningEvent, LessonOutline
from courses.progress import Event, record, set_aside
from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.audit import Action, note
from lms.centres.models import AuditEntry, Consent, DataRequest, Device, HomeCentre, SignIn
from lms.network.my_data.copies import PARTS


@pytest.fixture
def own(somsri):
    """The browser of ป้าสมศรี."""
    browser = Client()
    browser.force_login(somsri)
    return browser


@pytest.fixture
def kept(somsri, nok, device, workshop, ban_nong_bua):
    outline = LessonOutline.objects.get(lesson=workshop.lesson.key)
    said = Event(
        id=uuid7(),
        learner=somsri.pk,
        lesson=outline.lesson,
        verb="answered",
        activity=UUID(workshop.ids["reflection"]),
        answer="ผ้าไหมลายหนองบัว",
        occurred_at=timezone.now(),
    )
    record([said], by=somsri)
    Device.objects.create(centre=ban_nong_bua, owner=somsri, name="มือถือสีแดง")
    SignIn.objects.create(learner=somsri, device=device, session_key="a-secret-session")
    Consent.objects.create(learner=somsri, purpose="news", version="1", language="th", how="paper")
    somsri.keep_look({"letters": "larger", "theme": "dark"})
    note(nok, Action.LOOKED, somsri)


def page(browser, url="/en/my-data/"):
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_page_shows_what_is_kept(own, kept, nok):
    html = page(own)
    for shown in ("ป้าสมศรี", "40 to 59", "Ban Nong Bua", "มือถือสีแดง", "เครื่อง 1", "sending me news"):
        assert shown in html
    assert "Largest letters, dark background" in html
    assert "ผ้าไหมลายหนองบัว" in html
    assert f"{nok.name}<br>" in html
    assert "looked at a learner" in html


def test_the_menu_leads_there_for_learners_only(own, nok):
    assert "/my-data/" in own.get("/notebook/").content.decode()
    staff = Client()
    staff.force_login(nok)
    assert "/my-data/" not in staff.get("/desk/").content.decode()


def test_the_pages_cost_the_same_for_a_long_life(own, kept, somsri, device, django_assert_max_num_queries):
    for _n in range(50):
        SignIn.objects.create(learner=somsri, device=device, session_key="x")
        note(somsri, Action.CORRECTED, somsri)
    for url in ("/my-data/", "/my-data/copy/"):
        with django_assert_max_num_queries(24):
            own.get(url)


def test_the_page_to_print_leaves_nothing_out(own, kept, somsri, device):
    SignIn.objects.bulk_create([SignIn(learner=somsri, device=device, session_key="x") for _n in range(30)])
    assert page(own, "/en/my-data/copy/").count("เครื่อง 1") == 31
    assert page(own).count("เครื่อง 1") == 20


def test_the_file_holds_every_row_and_says_what_it_is(own, kept, somsri, nok):
    set_aside([({"learner": str(somsri.pk), "lesson": "?"}, "malformed")], by=nok)
    answer = own.get("/my-data/copy.json")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    copy = json.loads(b"".join(answer.streaming_content))
    assert set(copy) == {"format", "made_at", "about", *copy["about"]}
    assert copy["person"][0]["name"] == "ป้าสมศรี"
    assert copy["person"][0]["letters"] == "larger"
    assert copy["events"][0]["answer"] == "ผ้าไหมลายหนองบัว"
    assert len(copy["sign_ins"]) == len(copy["consents"]) == len(copy["set_aside"]) == len(copy["who_looked"]) == 1
    assert [phone["name"] for phone in copy["phones"]] == ["มือถือสีแดง"]


def test_the_file_holds_no_key_to_anything(own, kept, somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    text = b"".join(own.get("/my-data/copy.json").streaming_content).decode()
    assert somsri.code.mac not in text
    assert "a-secret-session" not in text
    assert "password" not in text


def test_the_file_is_sent_piece_by_piece(own, somsri, nok, ban_nong_bua):
    entries = [AuditEntry(actor=nok.pk, action="looked", subject=somsri.pk, centre=ban_nong_bua) for _n in range(1200)]
    AuditEntry.objects.bulk_create(entries)
    pieces = list(own.get("/my-data/copy.json").streaming_content)
    assert len(json.loads(b"".join(pieces))["who_looked"]) == 1200
    assert max(map(len, pieces)) < 2000


def test_every_table_about_a_person_is_in_the_file():
    """A table that is new says so here."""
    of_people = {
        field.model._meta.concrete_model.__name__
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in ("learner", "user", "owner", "subject")
        and field.model.__module__.startswith(("lms.", "courses."))
    }
    assert of_people - {"WrongTry"} <= {part.model.__name__ for part in PARTS.values()}


def right(**changes):
    return {"name": "ป้าสมศรี", "family_name": "ทอผ้า", "age_band": "40-59", "language": "th"} | changes


def test_a_learner_puts_right_what_is_wrong(own, somsri, ban_nong_bua):
    answer = own.post("/my-data/correct/", right(age_band="60+", subdistrict=ban_nong_bua.subdistrict_id))
    assert answer.status_code == 302
    person, home = User.objects.get(pk=somsri.pk), HomeCentre.objects.get(learner=somsri)
    assert (person.family_name, person.age_band, home.subdistrict_id) == ("ทอผ้า", "60+", ban_nong_bua.subdistrict_id)
    assert "ทอผ้า" in person.search_text
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.detail) == ("corrected", somsri.pk, "family_name, age_band, subdistrict")


def test_what_was_right_already_is_in_no_log(own, somsri):
    own.post("/my-data/correct/", right(family_name=""))
    assert not AuditEntry.objects.exists()


def test_nobody_makes_themselves_a_minor_or_of_age(own, somsri, fah):
    answer = own.post("/my-data/correct/", right(age_band="11-19"))
    assert answer.status_code == 400
    young = Client()
    young.force_login(fah)
    assert "age_band" not in young.get("/my-data/correct/").content.decode()
    young.post("/my-data/correct/", right(age_band="20-39"))
    assert {User.objects.get(pk=person.pk).age_band for person in (somsri, fah)} == {"40-59", "11-19"}


def test_a_learner_whose_age_nobody_knows_does_not_settle_it_alone(own, somsri):
    User.objects.filter(pk=somsri.pk).update(age_band="")
    own.post("/my-data/correct/", right())
    assert User.objects.get(pk=somsri.pk).age_band == ""


def test_the_caretaker_settles_it(nok, somsri):
    desk = Client()
    desk.force_login(nok)
    assert desk.post(f"/desk/learners/{somsri.pk}/correct/", right(age_band="11-19", sure="11-19")).status_code == 302
    assert User.objects.get(pk=somsri.pk).age_band == "11-19"
    assert AuditEntry.objects.get().detail == "family_name, age_band"


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "ก" * 61}, {"age_band": "7"}, {"subdistrict": "x"}, {"subdistrict": "999999"}]
)
def test_what_cannot_be_is_told_and_stays_in_the_form(own, somsri, wrong):
    answer = own.post("/my-data/correct/", right(family_name="พิมพ์ไว้") | wrong)
    assert answer.status_code == 400
    assert "พิมพ์ไว้" in answer.content.decode()
    assert User.objects.get(pk=somsri.pk).family_name == ""


def test_a_learner_asks_and_takes_it_back(own, somsri, ban_nong_bua):
    for _twice in range(2):
        own.post("/my-data/requests/", {"kind": "correct", "words": "ชื่อสะกดไม่ถูก"})
    asked = DataRequest.objects.get()
    assert (asked.centre, asked.how, asked.taken_by) == (ban_nong_bua, "screen", None)
    assert (asked.due_on - timezone.localdate()).days == 30
    assert "ชื่อสะกดไม่ถูก" in page(own)
    own.post(f"/my-data/requests/{asked.pk}/")
    asked.refresh_from_db()
    assert asked.outcome == "taken_back"
    own.post("/my-data/requests/", {"kind": "correct", "words": "ชื่อสะกดไม่ถูก"})
    assert DataRequest.objects.count() == 2  # asked anew


def test_taking_back_what_was_answered_changes_nothing(own, somsri, nok, ban_nong_bua):
    asked = DataRequest.objects.create(learner=somsri, centre=ban_nong_bua, kind="copy")
    asked.answer(nok, "done")
    own.post(f"/my-data/requests/{asked.pk}/")
    asked.refresh_from_db()
    assert asked.outcome == "done"


def test_asking_to_be_erased_wants_a_tick_and_erases_nothing_yet(own, somsri):
    assert "This goes, for ever" in page(own, "/en/my-data/erase/")
    assert own.post("/my-data/erase/", {"words": "ย้ายบ้าน"}).status_code == 400
    assert own.post("/my-data/erase/", {"words": "ย้ายบ้าน", "sure": "1"}).status_code == 302
    assert DataRequest.objects.get().kind == "erase"
    assert User.objects.filter(pk=somsri.pk).exists()


def test_erasing_cannot_be_asked_for_without_the_page_that_explains_it(own):
    assert own.post("/my-data/requests/", {"kind": "erase"}).status_code == 400


def test_only_signed_in_learners_have_such_a_page(client, nok):
    assert client.get("/my-data/").status_code == 302
    client.force_login(nok)
    assert client.get("/my-data/").status_code == 404
    assert not LearningEvent.objects.exists()
