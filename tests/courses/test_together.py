"""Learning together: who begins and joins, what is recorded for whom, and how a group ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.groups import Joined, admit, present
from courses.models import Enrolment, GroupMember, GroupSession, LearningEvent, LessonProgress
from courses.progress import rebuild
from lms.accounts.ids import uuid7
from lms.accounts.models import WrongTry
from lms.centres.cards import card_of
from lms.centres.models import Device, SignIn
from lms.centres.signing_in import DEVICE_COOKIE

CODE = {"picture": ["fish", "lotus", "mango"]}


@pytest.fixture
def lesson(course):
    return course.lessons()[0]


@pytest.fixture
def somsris(somsri, device, sits_at):
    """Her browser: she sits at machine 1 and leads."""
    return sits_at(somsri, device)


@pytest.fixture
def thongbai(thongbai, set_code):
    set_code(thongbai, "fish-lotus-mango")
    return thongbai


def begin(browser, lesson, mode="all", **more):
    answer = browser.post("/together/new/", {"lesson": str(lesson.key), "mode": mode} | more)
    assert answer.status_code == 302, answer.content.decode()
    return GroupSession.objects.latest("started_at")


def join(browser, group, learner, code=CODE):
    return browser.post(f"/together/{group.pk}/people/{learner.pk}/", code)


def reply(browser, group, lesson, at=1, answer="1", **more):
    """Answer the question at that place of the lesson's body."""
    fields = {"event": str(uuid7()), "answer": answer} | more
    return browser.post(f"/together/{group.pk}/activities/{lesson.body[at].id}/", fields)


def learned(learner, verb="answered"):
    return list(LearningEvent.objects.filter(learner=learner.pk, verb=verb).order_by("occurred_at"))


def test_a_member_begins_and_another_joins_by_code_without_changing_who_is_signed_in(
    somsris, somsri, thongbai, lesson, device
):
    group = begin(somsris, lesson)
    key, sign_ins = somsris.session.session_key, list(SignIn.objects.values())
    assert (group.centre, group.device, group.facilitator_id) == (device.centre, device, somsri.pk)
    assert "ป้าทองใบ" in somsris.get(f"/together/{group.pk}/people/").content.decode()
    assert join(somsris, group, thongbai).status_code == 302
    assert [person.name for person in present(group)] == ["ป้าสมศรี", "ป้าทองใบ"]
    assert (somsris.session["_auth_user_id"], somsris.session.session_key) == (str(somsri.pk), key)
    assert list(SignIn.objects.values()) == sign_ins
    (begun,) = learned(thongbai, "started")
    assert (begun.session, begun.recorder_id, begun.centre) == (group.pk, somsri.pk, device.centre)


def test_an_answer_is_kept_for_all_who_are_present_and_counts_once(somsris, somsri, thongbai, lesson):
    group = begin(somsris, lesson)
    join(somsris, group, thongbai)
    event = str(uuid7())
    for _twice in range(2):
        assert reply(somsris, group, lesson, event=event).status_code == 303
    (hers,), (others,) = learned(somsri), learned(thongbai)
    assert hers.id != others.id
    assert {hers.id.version, others.id.version} == {7}
    assert (hers.correct, hers.session, hers.recorder_id) == (True, group.pk, None)
    assert (others.correct, others.session, others.recorder_id) == (True, group.pk, somsri.pk)
    assert "ใช่แล้ว แรงของเราก็เป็นทุน" in somsris.get(f"/together/{group.pk}/").content.decode()
    assert rebuild(check=True) == []


def test_one_by_one_it_is_kept_for_the_one_whose_name_was_touched(somsris, somsri, thongbai, lesson):
    group = begin(somsris, lesson, "one_by_one")
    join(somsris, group, thongbai)
    unnamed = reply(somsris, group, lesson)
    assert unnamed.status_code == 422
    assert "แตะชื่อคนที่ตอบ" in unnamed.content.decode()
    reply(somsris, group, lesson, who=str(thongbai.pk), answer="0")
    assert (learned(somsri), [event.correct for event in learned(thongbai)]) == ([], [False])
    somsris.post(f"/together/{group.pk}/people/", {"leave": str(thongbai.pk)})
    assert reply(somsris, group, lesson, who=str(thongbai.pk)).status_code == 422  # she is not here any more


def test_who_comes_late_and_leaves_early_gets_what_they_were_there_for(somsris, somsri, thongbai, lesson):
    group = begin(somsris, lesson)
    reply(somsris, group, lesson, at=1)
    join(somsris, group, thongbai)
    reply(somsris, group, lesson, at=2, answer="30")
    somsris.post(f"/together/{group.pk}/people/", {"leave": str(thongbai.pk)})
    reply(somsris, group, lesson, at=1)
    assert [str(event.activity) for event in learned(thongbai)] == [lesson.body[2].id]
    assert len(learned(somsri)) == 3
    page = somsris.get(f"/together/{group.pk}/people/").content.decode()
    assert f'name="back" value="{thongbai.pk}"' in page
    somsris.post(f"/together/{group.pk}/people/", {"back": str(thongbai.pk)})
    reply(somsris, group, lesson, at=2, answer="31")
    assert [event.correct for event in learned(thongbai)] == [True, False]
    assert GroupMember.objects.filter(learner=thongbai.pk).count() == 2
    assert rebuild(check=True) == []


def test_a_lesson_is_finished_for_those_who_were_there_for_half_of_it(somsris, somsri, thongbai, lesson, learner_at):
    group = begin(somsris, lesson)
    at_the_end = learner_at(group.centre, "ป้าบัวลอย")
    reply(somsris, group, lesson, at=1)
    join(somsris, group, thongbai)
    reply(somsris, group, lesson, at=2, answer="30")  # half of the two for ทองใบ
    admit(group, at_the_end)
    page = somsris.post(f"/together/{group.pk}/end/", {"finish": "1"}, follow=True).content.decode()
    finished = LessonProgress.objects.exclude(finished_at=None).values_list("learner__name", flat=True)
    assert sorted(finished) == ["ป้าทองใบ", "ป้าสมศรี"]
    assert page.count("จบบทแล้ว") == 2
    assert "ป้าบัวลอย" in page
    assert rebuild(check=True) == []


def test_a_group_that_ends_before_the_end_finishes_nothing(somsris, somsri, lesson):
    group = begin(somsris, lesson)
    reply(somsris, group, lesson)
    somsris.post(f"/together/{group.pk}/end/")
    group.refresh_from_db()
    assert group.ended_at
    assert LessonProgress.objects.get(learner=somsri.pk).finished_at is None
    assert reply(somsris, group, lesson).status_code == 302
    assert len(learned(somsri)) == 1  # nothing counts afterwards


def test_the_place_is_not_lost_when_somebody_joins(somsris, thongbai, lesson):
    group = begin(somsris, lesson)
    somsris.post(f"/together/{group.pk}/", {"step": "2"})
    join(somsris, group, thongbai)
    assert "อะไรเป็นทุน" in somsris.get(f"/together/{group.pk}/").content.decode()


def test_a_caretaker_leads_without_credit(client, nok, somsri, lesson, set_code):
    set_code(somsri, "120956", "pin")
    client.force_login(nok)
    group = begin(client, lesson)
    assert "ป้าสมศรี" in client.get(f"/together/{group.pk}/people/").content.decode()
    assert "ยังไม่มีใครเข้ากลุ่ม" in client.get(f"/together/{group.pk}/").content.decode()
    assert reply(client, group, lesson).status_code == 200
    assert not LearningEvent.objects.exists()
    assert join(client, group, somsri, {"pin": "120956"}).status_code == 302
    reply(client, group, lesson)
    (event,) = learned(somsri)
    assert event.recorder_id == nok.pk
    assert not Enrolment.objects.filter(learner=nok.pk).exists()


def test_a_helper_leads_at_their_centre_and_nowhere_else(client, ban_nong_bua, ban_pua, fah, somsri, lesson):
    ban_nong_bua.memberships.create(user=fah, role="helper", started_on="2020-01-01")
    client.force_login(fah)
    group = begin(client, lesson, centre=ban_nong_bua.code)
    assert group.centre == ban_nong_bua
    page = client.get(f"/together/{group.pk}/people/").content.decode()
    assert "ป้าสมศรี" in page
    assert "น้องฟ้า</span></button>" not in page  # she learns elsewhere
    assert not present(group)
    admit(group, somsri)
    reply(client, group, lesson)
    assert learned(somsri)[0].recorder_id == fah.pk
    assert begin(client, lesson).centre == ban_pua  # at home she is a member like others
    fah.memberships.all().delete()
    assert client.get(f"/together/new/?lesson={lesson.key}&centre={ban_nong_bua.code}").status_code == 404
    assert client.get(f"/together/{group.pk}/").status_code == 404


def test_a_wrong_code_lets_nobody_in_and_counts_as_at_the_door(somsris, thongbai, lesson, device, settings):
    group = begin(somsris, lesson)
    for _try in range(settings.SALA_CODE_TRIES):
        assert join(somsris, group, thongbai, {"picture": ["mango", "fish", "fish"]}).status_code == 403
    thongbai.refresh_from_db()
    assert thongbai.code.is_locked
    assert WrongTry.objects.filter(subject=f"device:{device.pk}").count() == settings.SALA_CODE_TRIES
    assert join(somsris, group, thongbai).status_code == 403
    assert len(present(group)) == 1


def test_a_member_card_leads_to_its_learners_code(somsris, thongbai, fah, lesson):
    group = begin(somsris, lesson)
    scanned = somsris.get(f"/together/{group.pk}/people/", {"q": f"http://sala.test/card/{card_of(thongbai)}/"})
    assert scanned["Location"] == f"/together/{group.pk}/people/{thongbai.pk}/"
    elsewhere = somsris.get(f"/together/{group.pk}/people/", {"q": card_of(fah)})
    assert elsewhere.status_code == 404
    assert "น้องฟ้า" not in elsewhere.content.decode()


def phone_of(learner):
    browser = Client()
    browser.force_login(learner, backend="lms.centres.backends.PeopleBackend")
    return browser


def test_a_phone_joins_by_the_number_on_the_screen_and_one_button(somsris, thongbai, fah, lesson):
    group = begin(somsris, lesson)
    somsris.get(f"/together/{group.pk}/people/")
    group.refresh_from_db()
    phone = phone_of(thongbai)
    found = phone.get("/together/join/", {"number": group.number})
    assert "ป้าสมศรี" in found.content.decode()
    assert len(present(group)) == 1  # to look is not to join
    joined = phone.post("/together/join/", {"number": group.number, "join": "1"}, follow=True)
    assert "ท่านอยู่ในกลุ่มแล้ว" in joined.content.decode()
    assert [person.name for person in present(group)] == ["ป้าสมศรี", "ป้าทองใบ"]
    assert phone_of(fah).get("/together/join/", {"number": group.number}).status_code == 404  # of another centre
    phone.post(f"/together/{group.pk}/leave/")
    assert len(present(group)) == 1
    GroupSession.objects.update(number_until=timezone.now())
    assert phone.get("/together/join/", {"number": group.number}).status_code == 404
    for _try in range(4):
        phone.get("/together/join/", {"number": "000000"})
    assert phone.get("/together/join/", {"number": group.number}).status_code == 429


def test_eight_are_the_most_the_one_who_leads_among_them(somsris, ban_nong_bua, learner_at, lesson):
    group = begin(somsris, lesson)
    others = [learner_at(ban_nong_bua, f"ป้าคนที่ {n}") for n in range(8)]
    assert [admit(group, other) for other in others] == [Joined.COME_IN] * 7 + [Joined.FULL]
    assert "8 คน" in somsris.get(f"/together/{group.pk}/people/").content.decode()


def test_a_child_without_its_parents_word_is_not_admitted(somsris, ban_nong_bua, learner_at, lesson, set_code):
    child = learner_at(ban_nong_bua, "น้องนิด", age_band="0-10")
    set_code(child, "fish-lotus-mango")
    group = begin(somsris, lesson)
    assert join(somsris, group, child).status_code == 403
    assert admit(group, child) is Joined.NO_GUARDIAN
    assert len(present(group)) == 1


def test_a_forgotten_group_ends_with_its_last_touch_and_nothing_counts_after(somsris, somsri, lesson):
    group = begin(somsris, lesson)
    last = timezone.now() - timedelta(minutes=31)
    GroupSession.objects.update(touched_at=last, started_at=last)
    assert reply(somsris, group, lesson)["Location"] == f"/together/{group.pk}/"
    assert learned(somsri) == []
    group.refresh_from_db()
    assert (group.ended_at, group.is_forgotten) == (last, True)
    assert "จบกลุ่มให้เอง" in somsris.get(f"/together/{group.pk}/").content.decode()
    assert "idle_seconds" not in somsris.session


def test_looking_by_itself_for_who_joined_is_no_touch(somsris, lesson):
    group = begin(somsris, lesson)
    before = timezone.now() - timedelta(minutes=20)
    GroupSession.objects.update(touched_at=before)
    assert somsris.get(f"/together/{group.pk}/?look=1").status_code == 200
    assert GroupSession.objects.get().touched_at == before
    assert somsris.post(f"/together/{group.pk}/touch/").status_code == 204
    assert GroupSession.objects.get().touched_at > before


def test_a_group_that_talks_is_not_signed_out_as_a_lone_learner_is(somsris, lesson):
    group = begin(somsris, lesson)
    somsris.get(f"/together/{group.pk}/people/")

    def silent(minutes):
        session = somsris.session
        session["seen"] -= minutes * 60
        session.save()

    silent(20)
    assert somsris.get(f"/together/{group.pk}/").status_code == 200
    silent(32)
    assert somsris.get(f"/together/{group.pk}/")["Location"] == "/?idle=1"
    assert "_auth_user_id" not in somsris.session


def test_names_are_shown_at_the_centre_only(somsri, thongbai, lesson, device, ban_nong_bua):
    phone = phone_of(somsri)
    phone.cookies[DEVICE_COOKIE] = Device.objects.create(centre=ban_nong_bua, name="มือถือ", owner=somsri).cookie
    group = begin(phone, lesson)
    assert "ป้าทองใบ" not in phone.get(f"/together/{group.pk}/people/").content.decode()
    assert join(phone, group, thongbai).status_code == 302  # by her card and her code she joins all the same
    assert [person.name for person in present(group)] == ["ป้าสมศรี", "ป้าทองใบ"]


def test_nobody_but_the_one_who_leads_opens_the_groups_pages(somsris, thongbai, nok, lesson):
    group = begin(somsris, lesson)
    admit(group, thongbai)
    for person in (thongbai, nok):
        browser = phone_of(person)
        for page in ("", "people/", f"people/{thongbai.pk}/"):
            assert browser.get(f"/together/{group.pk}/{page}").status_code == 404
        assert reply(browser, group, lesson).status_code == 404
    assert list(GroupSession.objects.visible_to(nok)) == [group]
    assert GroupMember.objects.visible_to(thongbai).count() == 1
    assert GroupMember.objects.visible_to(nok).count() == 2


def test_what_a_group_activity_leaves_is_that_they_were_there(somsris, somsri, thongbai, course):
    course.group_activity = {
        "title": "เกมตลาดนัด",
        "minutes": 60,
        "people": {"min": 2, "max": 8},
        "steps": ["แจกเงินกระดาษ", "เปิดบัญชีดูพร้อมกัน"],
        "facilitator_note": "ไม่ต้องประกาศที่หนึ่ง",
    }
    course.save()
    assert "เรียนเป็นกลุ่ม" in somsris.get(f"/courses/{course.slug}/").content.decode()
    answer = somsris.post("/together/new/", {"course": str(course.key)})
    group = GroupSession.objects.get()
    assert answer["Location"] == f"/together/{group.pk}/people/"
    join(somsris, group, thongbai)
    somsris.post(f"/together/{group.pk}/", {"step": "1"})
    page = somsris.get(f"/together/{group.pk}/").content.decode()
    assert "แจกเงินกระดาษ" in page
    assert "ไม่ต้องประกาศที่หนึ่ง" in page
    somsris.post(f"/together/{group.pk}/end/", {"finish": "1"})
    assert not LearningEvent.objects.exists()
    assert "เกมตลาดนัด" in phone_of(thongbai).get("/notebook/").content.decode()
