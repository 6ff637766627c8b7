"""What stands in the QR: short, the same when read, and spoilt by any change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.certificates.statement import CONTEXT, FITS, Malformed, Statement, opened, sealed

DAY = date(2026, 11, 22)
SIGNATURE = bytes(range(64))
TYPICAL = Statement("0a0b0c0d", DAY, "32-2569-00412", "นางสมศรี ใจดี", "ใช้มือถือและเน็ตได้ด้วยตัวเอง", "ศูนย์ดิจิทัลชุมชนบ้านหนองบัว")

letters = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=130)
thai = st.text(st.sampled_from("กขญฐู้่ำเแ ๆ์ิี"), max_size=130)


def seal(statement):
    return sealed(statement, lambda message: SIGNATURE)


def test_a_typical_one_is_short_and_reads_as_it_was_said():
    text = seal(TYPICAL)
    assert len(text) < 270
    told, message, signature = opened(text)
    assert told == TYPICAL
    assert message.startswith(CONTEXT)
    assert signature == SIGNATURE


@pytest.mark.parametrize("name", ["ปู่ ญี่ปุ่น", "ฐิติรัตน์ น้ำผึ้ง", "Mary O'Neill", "អក្សរ", "👵", "ป้า“แดง”"])
def test_any_name_can_be_said(name):
    assert opened(seal(TYPICAL._replace(name=name)))[0].name == name


@given(name=letters | thai, course=letters | thai, centre=letters | thai)
def test_it_always_fits_and_shortens_between_letters(name, course, centre):
    text = seal(TYPICAL._replace(name=name, course=course, centre=centre))
    assert len(text) <= -(-FITS * 8 // 5)
    told = opened(text)[0]
    for said, whole in ((told.name, name), (told.course, course), (told.centre, centre)):
        assert said == whole or whole.startswith(said.removesuffix(".."))
    assert told.number == TYPICAL.number


@pytest.mark.parametrize("text", ["", "A", "MZXW6", "!" * 200, "a" * 200, "A" * 200, "7" * 464, "ก" * 200])
def test_other_letters_are_no_statement(text):
    with pytest.raises(Malformed):
        opened(text)


def test_there_is_one_spelling():
    text = seal(TYPICAL._replace(name="ก"))
    twins = [text[:-1] + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if letter != text[-1]]
    for other in [*twins, text + "A", text + "=", text.lower()]:
        try:
            assert opened(other)[2] != SIGNATURE
        except Malformed:
            continue


def test_a_part_of_it_is_none():
    text = seal(TYPICAL)
    for size in range(0, len(text), 7):
        with pytest.raises(Malformed):
            opened(text[:size])
