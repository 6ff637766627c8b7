"""Anybody checks a certificate: by what its QR says, or by its number."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from courses.certificates import certificate_of, forget, keys, rename, rotate, statement
from courses.certificates.checking import check
from courses.models import Certificate, SigningKey


@pytest.fixture
def visitor():
    return Client()


def test_what_we_gave_is_good(given):
    found = check(given.statement)
    assert found.state == "valid"
    assert (found.name, found.number, found.course) == ("ป้าสมศรี", given.number, given.course_title)


def test_another_program_verifies_it_with_the_public_key_alone(given):
    """libsodium, which shares no code with what signed."""
    whole = base64.b32decode(given.statement + "=" * (-len(given.statement) % 8))
    public = VerifyKey(bytes(SigningKey.objects.get().public))
    public.verify(b"sala certificate 1\n" + whole[:-64], whole[-64:])
    with pytest.raises(BadSignatureError):
        public.verify(b"sala certificate 1\n" + whole[:-65] + b"x", whole[-64:])


def test_any_byte_that_is_changed_is_noticed(given):
    whole = bytearray(base64.b32decode(given.statement + "=" * (-len(given.statement) % 8)))
    for place in range(len(whole)):
        changed = bytes(byte ^ (at == place) for at, byte in enumerate(whole))
        assert check(base64.b32encode(changed).decode().rstrip("=")).state == "false", place


def test_a_key_of_somebody_else_signs_nothing_of_ours(given):
    told = statement.opened(given.statement)[0]
    assert check(statement.sealed(told._replace(name="คนอื่น"), Ed25519PrivateKey.generate().sign)).state == "false"


def test_old_ones_are_good_after_the_key_was_changed(given, finish, thongbai, course):
    rotate()
    new = certificate_of(finish(thongbai, course))
    assert new.key_id != given.key_id
    assert [check(each.statement).state for each in (given, new)] == ["valid", "valid"]


def test_what_a_leaked_key_signs_is_good_only_if_we_gave_it(given):
    thief = keys.private_of(SigningKey.objects.get())
    rotate(leaked=True)
    told = statement.opened(given.statement)[0]
    forged = statement.sealed(told._replace(name="คนอื่น"), thief.sign)
    assert [check(text).state for text in (given.statement, forged)] == ["valid", "false"]
    forget(given.learner)
    assert [check(text).state for text in (given.statement, forged)] == ["false", "false"]


def test_what_was_replaced_says_so_and_the_new_one_is_good(given, somsri, visitor):
    somsri.name = "นางสมศรี"
    somsri.save()
    rename(somsri)
    found = check(given.statement)
    assert (found.state, found.name) == ("revoked", "")
    assert "มีการแก้ชื่อให้ถูก" in visitor.get(f"/check/{given.number}/").content.decode()
    assert check(Certificate.objects.valid().get().statement).name == "นางสมศรี"


def test_of_the_erased_the_number_stays_and_the_name_does_not(given, somsri):
    forget(somsri)
    for asked in (given.statement, given.number):
        found = check(asked)
        assert (found.state, found.name, found.number) == ("erased", "", given.number)


def test_a_forgery_of_an_erased_learners_is_noticed(given, somsri):
    """There the signature alone decides, as no copy of the statement is left."""
    told = statement.opened(given.statement)[0]
    forged = statement.sealed(told, Ed25519PrivateKey.generate().sign)
    forget(somsri)
    assert [check(text).state for text in (given.statement, forged)] == ["erased", "false"]


def test_a_number_tells_no_name(given):
    found = check(given.number)
    assert (found.state, found.name) == ("number", "")
    assert check("32-2569-99999").state == "no_number"


# How it is asked


@pytest.mark.parametrize(
    "typed",
    [
        "{number}",
        " {number} ",
        "{thai}",
        "{statement}",
        "https://sala.example/check/{statement}/",
        "sala.example/check/{statement}",
        "{lower}",
        "http://10.0.0.5:8000/check/{number}/",
    ],
)
def test_it_is_found_however_it_is_typed(given, visitor, typed):
    thai = given.number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    text = typed.format(number=given.number, statement=given.statement, thai=thai, lower=given.statement.lower())
    answer = visitor.get("/check/", {"q": text}, follow=True)
    assert answer.status_code == 200
    assert given.number in answer.content.decode()


@pytest.mark.parametrize("typed", ["x", "/", "../..", "ก" * 3000, "A" * 1200, "%00", "32-2569-1", "?", "#", "👵", "\0"])
def test_what_is_none_gets_a_kind_word(visitor, db, typed):
    answer = visitor.get("/check/", {"q": typed}, follow=True)
    assert answer.status_code == 404


def test_the_page_shows_the_name_as_printed(given, visitor):
    page = visitor.get(f"/check/{given.statement}/").content.decode()
    for said in ("ใบรับรองนี้ใช้ได้", "ป้าสมศรี", given.course_title, given.centre_name, given.number):
        assert said in page


@pytest.mark.parametrize("by", ["statement", "number"])
def test_the_page_of_an_erased_learner_does_not(given, visitor, somsri, by):
    address = f"/check/{getattr(given, by)}/"
    forget(somsri)
    page = visitor.get(address).content.decode()
    assert "เจ้าของใบขอให้ลบข้อมูลของตนแล้ว" in page
    assert "ป้าสมศรี" not in page


def test_the_number_alone_shows_no_name(given, visitor):
    assert "ป้าสมศรี" not in visitor.get(f"/check/{given.number}/").content.decode()


def test_checking_asks_the_same_few_questions(given, visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        visitor.get(f"/check/{given.statement}/")


# The page that a browser keeps


def test_the_kept_page_has_every_key_and_nobody(given, somsri):
    rotate()
    browser = Client()
    browser.force_login(somsri)
    answer = browser.get("/kept/check/", headers={"cookie": "theme=dark"})
    page = answer.content.decode()
    assert (answer["X-Kept"], answer["Cache-Control"]) == ("1", "no-cache")
    assert somsri.name not in page
    assert "csrf" not in page
    for key in SigningKey.objects.all():
        assert bytes(key.public).hex() in page
    assert answer.cookies == {}


def test_the_kept_page_trusts_no_leaked_key(given, visitor):
    leaked = SigningKey.objects.get()
    rotate(leaked=True)
    assert bytes(leaked.public).hex() not in visitor.get("/kept/check/").content.decode()


def test_words_of_a_state_are_there_for_each(given, visitor):
    page = visitor.get("/check/").content.decode()
    for state in ("unconfirmed", "false", "need_line"):
        assert f'<template id="{state}">' in page
