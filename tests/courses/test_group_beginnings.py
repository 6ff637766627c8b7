"""A group begins without a line on the leader's own phone, and who comes types a name: all is checked afterwards."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from courses.group_lock import POINT, public_lock, unlocked
from courses.group_moves import move_in
from courses.groups import start
from courses.models import GroupMember, GroupSession, LearningEvent
from courses.progress import rebuild
from courses.progress.erasing import erase_learning
from lms.accounts import thai, tries
from lms.accounts.ids import uuid7
from lms.accounts.models import SecretCode, WrongTry
from lms.centres.cards import card_of
from lms.centres.models import Device
from lms.centres.outbox import as_text
from lms.centres.signing_in import place_of
from tests.courses.boxes import box_of, sealed

CODE = "fish-lotus-mango"


@pytest.fixture
def lesson(course):
    return course.lessons()[0]


@pytest.fixture
def phone(client, somsri, device, sits_at):
    browser = sits_at(somsri, device)
    Device.objects.update(owner=somsri)
    return browser


@pytest.fixture
def thongbai(thongbai, set_code):
    set_code(thongbai, CODE)
    return thongbai


@pytest.fixture
def tell(phone, somsri, device):
    """Hand in these moves of Somsri's phone: the status of each that has one."""

    def tell(*moves):
        boxes = [box_of(somsri, device.pk, facts) for facts in moves]
        verdicts = phone.post("/outbox/", {"boxes": boxes}, content_type="application/json").json()["verdicts"]
        told = {verdict["id"]: verdict["status"] for verdict in verdicts}
        return [told.get(facts["id"]) for facts in moves]

    return tell


@pytest.fixture
def begun(somsri, lesson):
    return facts_of(uuid7(), somsri.pk, "begun", 9, lesson=str(lesson.key))


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def facts_of(session, learner, move, minutes, **more):
    facts = {"id": str(uuid7()), "session": str(session), "learner": str(learner), "move": move}
    return facts | {"occurred_at": ago(minutes).isoformat()} | more


def came(begun, called="ป้าทองใบ", minutes=8, code=CODE, **more):
    facts = facts_of(begun["session"], uuid7(), "came", minutes, called=called, **more)
    return facts | {"code": locked(facts, code)}


def locked(facts, code):
    """As together/lock.js does it."""
    mine = ec.generate_private_key(ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), urlsafe_b64decode(public_lock() + "="))
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = sha256(mine.exchange(ec.ECDH(), theirs) + point).digest()
    whose = "\n".join([facts["id"], facts["session"], facts["called"], facts.get("family", "")])
    return as_text(point + urlsafe_b64decode(sealed(key, whose, code) + "=="))


def learned(begun, learner, lesson, minutes=7):
    facts = {"lesson": str(lesson.key), "verb": "answered", "activity": lesson.body[1].id, "answer": 1}
    return facts_of(begun["session"], learner, "learned", minutes, **facts)


def turned_away_from(begun):
    return list(GroupSession.objects.get(pk=begun["session"]).turned_away.values())


def answered():
    return set(LearningEvent.objects.filter(verb="answered").values_list("learner", flat=True))


def test_the_session_is_told_first_then_who_came_then_what_they_answered(tell, begun, somsri, thongbai, lesson, device):
    coming = came(begun)
    answers = learned(begun, somsri.pk, lesson), learned(begun, coming["learner"], lesson)
    for _twice in range(2):
        assert set(tell(*answers, coming, begun)) <= {"accepted", "duplicate"}  # in whatever order they come
        session = GroupSession.objects.get(pk=begun["session"])
        assert (session.facilitator_id, session.lesson, session.device_id) == (somsri.pk, lesson.key, device.pk)
        assert session.started_at.isoformat() == begun["occurred_at"]
        assert answered() == {somsri.pk, thongbai.pk}
        assert LearningEvent.objects.count() == 4
        assert GroupMember.objects.get(learner=thongbai.pk).joined_at.isoformat() == coming["occurred_at"]
    assert session.let_in == {coming["learner"]: str(thongbai.pk)}
    assert rebuild(check=True) == []


def test_they_go_and_come_back_by_the_id_that_the_phone_gave_them(tell, begun, thongbai, lesson):
    coming = came(begun)
    left, back = (facts_of(begun["session"], coming["learner"], move, at) for move, at in (("left", 6), ("back", 2)))
    tell(begun, coming, left, learned(begun, coming["learner"], lesson, 4), back)
    assert GroupMember.objects.filter(learner=thongbai.pk).count() == 2
    assert thongbai.pk not in answered()  # they were out then


NOBODY_S, SOMEBODY_S = "ป้าทอง", "ป้าทองใบ"
WRONG = "fish-fish-fish"


@pytest.mark.parametrize("called, code, is_tried", [(SOMEBODY_S, WRONG, True), (NOBODY_S, CODE, False)])
def test_a_wrong_name_and_a_wrong_code_look_the_same(
    called, code, is_tried, tell, begun, thongbai, lesson, device, phone
):
    coming = came(begun, called, code=code)
    for _twice in range(2):
        assert tell(begun, coming, learned(begun, coming["learner"], lesson))[1:] == ["accepted", "accepted"]
    assert turned_away_from(begun) == ["NOBODY"]
    assert thongbai.pk not in answered()
    assert tries_of(place_of(device)) == 1
    assert tries_of(f"code:{thongbai.pk}") == is_tried
    assert "ชื่อกับรหัสลับไม่ตรงกัน" in phone.get(f"/together/{begun['session']}/").text


@pytest.mark.parametrize("keys", [thai.ENGLISH_KEYS, thai.THAI_KEYS], ids=["English", "Thai"])
def test_a_scanned_card_stands_for_the_name(keys, tell, begun, thongbai, lesson):
    card = f"https://sala.example/card/{card_of(thongbai)}/".translate(str.maketrans(thai.ENGLISH_KEYS, keys))
    coming = came(begun, card)
    tell(begun, coming, learned(begun, coming["learner"], lesson))
    assert turned_away_from(begun) == []
    assert thongbai.pk in answered()


def test_a_card_lets_nobody_in_without_its_code(tell, begun, thongbai, fah, set_code, device):
    set_code(fah, CODE)  # she learns at the other centre
    forged = card_of(thongbai)[:-1] + "é"
    tell(begun, came(begun, card_of(thongbai), code=WRONG), came(begun, card_of(fah)), came(begun, forged))
    assert turned_away_from(begun) == ["NOBODY"] * 3
    assert (tries_of(place_of(device)), tries_of(f"code:{thongbai.pk}"), tries_of(f"code:{fah.pk}")) == (3, 1, 0)
    assert not GroupMember.objects.exclude(learner=begun["learner"]).exists()


def tries_of(subject):
    return WrongTry.objects.filter(subject=subject).count()


def lock(person):
    SecretCode.objects.filter(user=person.pk).update(locked_at=timezone.now())


def take_code(person):
    SecretCode.objects.filter(user=person.pk).delete()


def make_a_child(person):
    type(person).objects.filter(pk=person.pk).update(age_band="0-10")


@pytest.mark.parametrize("is_so", [lock, take_code, make_a_child])
def test_who_cannot_come_in_by_their_own_code_looks_like_nobody(is_so, tell, begun, thongbai, device):
    is_so(thongbai)
    tell(begun, came(begun))
    assert turned_away_from(begun) == ["NOBODY"]
    assert tries_of(place_of(device)) == 1


def test_of_two_with_one_name_it_is_the_one_whose_code_fits(tell, begun, thongbai, learner_at, set_code, device):
    other = learner_at(thongbai.home.centre, thongbai.name)
    set_code(other, "mango-mango-mango")
    tell(begun, came(begun, code="mango-mango-mango"))
    assert GroupMember.objects.filter(learner=other.pk).exists()
    assert not WrongTry.objects.exists()
    tell(came(begun, code=WRONG, minutes=6))
    assert turned_away_from(begun) == ["NOBODY"]
    assert [tries_of(each) for each in (place_of(device), f"code:{thongbai.pk}", f"code:{other.pk}")] == [1, 1, 1]
    set_code(thongbai, "mango-mango-mango")  # nobody can tell them apart now, but by the family name
    tell(came(begun, code="mango-mango-mango", minutes=5))
    assert not GroupMember.objects.filter(learner=thongbai.pk).exists()
    thongbai.family_name = "แสงดี"
    thongbai.save()
    tell(came(begun, code="mango-mango-mango", minutes=4, family=" แสงดี "))
    assert GroupMember.objects.filter(learner=thongbai.pk).exists()


def test_guesses_lock_the_code_and_make_the_phone_wait(tell, begun, thongbai, device, settings):
    guesses = [came(begun, code=WRONG, minutes=7 - at / 10) for at in range(settings.SALA_CODE_TRIES)]
    tell(begun, *guesses, came(begun, minutes=1))  # the right one now
    assert SecretCode.objects.get(user=thongbai.pk).is_locked
    assert not GroupMember.objects.filter(learner=thongbai.pk).exists()
    assert set(turned_away_from(begun)) == {"NOBODY"}  # and does not say that it was a name of somebody
    for _try in range(settings.SALA_DEVICE_TRIES):
        tries.note(place_of(device))
    assert tell(came(begun, "ไม่มีใคร", minutes=1)) == [None]


def test_who_types_their_name_twice_is_there_once(tell, begun, thongbai, lesson):
    once, twice = came(begun), came(begun, minutes=7.5)
    tell(begun, once, twice, *(learned(begun, each["learner"], lesson) for each in (once, twice)))
    assert GroupMember.objects.filter(learner=thongbai.pk).count() == 1
    assert LearningEvent.objects.filter(learner=thongbai.pk, verb="answered").count() == 1


def test_nobody_of_another_centre_comes_in_by_name(tell, begun, fah, set_code):
    set_code(fah, CODE)
    tell(begun, came(begun, fah.name))
    assert turned_away_from(begun) == ["NOBODY"]


def test_what_somebody_else_leads_or_nobody_may_open_does_not_begin(
    tell, begun, somsri, thongbai, course, lesson, ban_nong_bua, ban_pua
):
    others = start(thongbai, ban_nong_bua, course, lesson, "all")
    of_another = begun | {"session": str(others.pk)}
    assert tell(of_another, came(of_another), learned(of_another, somsri.pk, lesson)) == [
        "rejected",
        "accepted",  # its code is kept by nobody
        "rejected",
    ]
    assert tell(begun | {"lesson": str(uuid7())}, begun | {"session": str(uuid4())}) == ["rejected", "rejected"]
    course.centre = ban_pua
    course.save()
    assert tell(begun) == ["rejected"]
    assert GroupSession.objects.get() == others


def test_a_lesson_that_was_taken_back_meanwhile_loses_nobody_what_they_learned(tell, begun, somsri, course, lesson):
    course.unpublish()
    assert tell(begun, learned(begun, somsri.pk, lesson)) == ["accepted", "accepted"]
    assert answered() == {somsri.pk}


def test_what_they_led_before_ends_when_the_next_began(tell, begun, somsri, course, lesson, ban_nong_bua):
    before = start(somsri, ban_nong_bua, course, lesson, "all")
    GroupSession.objects.update(started_at=ago(30), touched_at=ago(20))
    tell(begun)
    before.refresh_from_db()
    assert before.ended_at is not None


def test_a_forgotten_one_counts_until_its_last_touch(tell, begun, somsri, lesson, settings):
    settings.SALA_GROUP_IDLE_SECONDS = 120
    tell(begun, learned(begun, somsri.pk, lesson, 8), learned(begun, somsri.pk, lesson, 2))
    assert LearningEvent.objects.filter(verb="answered").count() == 1
    assert not GroupSession.objects.get().is_open


def test_only_the_server_opens_what_the_phone_has_sealed_and_only_for_that_coming(begun):
    facts = came(begun)
    assert unlocked(move_of(facts)) == CODE.encode()
    for other in ("id", "session", "called", "family"):
        assert unlocked(move_of(facts | {other: str(uuid7())})) is None
    for box in (facts["code"][:-4], as_text(b"\x04" + b"1" * (POINT - 1)), "ก", ""):
        assert unlocked(move_of(facts | {"code": box})) is None


def move_of(facts):
    return move_in(json.dumps(facts).encode())


def test_whoever_leads_cannot_tell_a_coming_once_more_of_another_group(tell, begun, somsri, thongbai, lesson):
    coming = came(begun)
    other = facts_of(uuid7(), somsri.pk, "begun", 5, lesson=str(lesson.key))
    tell(begun, coming)
    tell(other, coming | {"session": other["session"], "occurred_at": ago(4).isoformat()})
    assert GroupMember.objects.filter(learner=thongbai.pk).count() == 1
    assert turned_away_from(other) == ["NOBODY"]


def test_a_name_is_found_however_its_letters_were_typed(tell, begun, ban_nong_bua, learner_at, set_code):
    nam = learner_at(ban_nong_bua, "ป้าน้ำ")
    set_code(nam, CODE)
    tell(begun, came(begun, " ป้าน\u0e4d\u0e49\u0e32\u200b "), came(begun, "ป้า\0", minutes=7))
    assert GroupMember.objects.filter(learner=nam.pk).exists()


def test_an_erased_learner_is_no_longer_told_by_the_session(tell, begun, thongbai):
    tell(begun, came(begun))
    assert GroupSession.objects.get().let_in
    erase_learning(thongbai)
    assert GroupSession.objects.get().let_in == {}


def test_a_group_that_answers_one_by_one_begins_so(tell, begun):
    tell(begun | {"mode": "one_by_one"})
    assert GroupSession.objects.get().mode == "one_by_one"
