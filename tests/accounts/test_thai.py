import re
import unicodedata
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.accounts.thai import normalise, search_text, sort_key, to_arabic_digits

# In the order of the Royal Institute's dictionary; ICU 72 with its "th" collation agrees.
A_DICTIONARY = """
    กก กฎ กนก กมล กรรณิการ์ กลม กะทิ กัน กัลยา กาญจนา กานดา กำนัน กิ่งแก้ว กุ้ง เก่ง เกษร เกาะ แก แก่ แก้ แก้ว
    แก๊ส แกะ โก้ ใกล้ ไก่ ไกล ขวัญ ข่าว ข้าว เขียว ไข่ คำ คำแก้ว จันทร์ จันทร์เพ็ญ จันทรา ใจ ฉวี ชัย ชาญ เช้า ณรงค์
    ดวงใจ ดาว เด่น ทอง ทองใบ ทองใส ธรรม ธำรง นก นาง น้ำ น้ำฝน นิด บุญ บุญมา บุญมี ใบ ใบบัว ประเสริฐ ปลา เป็น เปล
    แปลง ผ้า ฝน พ่อ พันธุ พันธุ์ เพ็ญ เพ็ญศรี เพลง ฟ้า ภูมิ มะลิ ไม้ ยาย รัก ราตรี เรือน ฤดี ฤทธิ์ ลา ลำดวน วรรณา
    วัน ศรี ศักดิ์ ษมา สม สมชาย สมศรี สวย สังข์ สายใจ สำลี สิทธิ สิทธิ์ เสาร์ แสง แสงเดือน หนู หนูนา หมอ เหล็ก แหวน
    ใหญ่ ใหม่ อรุณ อ้อย อำไพ อุบล เอก เอื้อง แอน โอ๋ ไอ่ ฮวด
"""
IN_DICTIONARY_ORDER = A_DICTIONARY.split()

# Mostly what could go wrong together: marks, vowels, spaces, things unseen, a foreign mark.
TROUBLE = "กนเแะาำๅัิุ\u0e3a็ํ่้๊์\u0e4e ๑1aé\u0301\u0331\u200b\ufeff\xa0\n\0\ud800"
anything = st.text() | st.text(alphabet=TROUBLE) | st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF))


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),  # tone, nikhahit, aa
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),  # nikhahit, tone, aa
        ("น\u0e33\u0e49", "น\u0e49\u0e33"),  # sara am, then the tone
        ("ค\u0e4d\u0e32", "ค\u0e33"),
        ("ท\u0e32\u0e48น", "ท\u0e48\u0e32น"),  # aa, then the tone
        ("ค\u0e30\u0e48", "ค\u0e48\u0e30"),
        ("ก\u0e49\u0e38ง", "ก\u0e38\u0e49ง"),  # tone before the vowel below
        ("ก\u0e48\u0e34ง", "ก\u0e34\u0e48ง"),  # tone before the vowel above
        ("สิทธ\u0e4c\u0e34", "สิทธ\u0e34\u0e4c"),  # thanthakhat before the vowel
        ("\u0e40\u0e40ก\u0e49ว", "\u0e41ก\u0e49ว"),  # two sara e for one sara ae
    ],
)
def test_one_word_typed_two_ways_is_one_word(typed, meant):
    assert normalise(typed) == meant
    assert normalise(meant) == meant
    assert search_text(typed) == search_text(meant)
    assert sort_key(typed) == sort_key(meant)


@pytest.mark.parametrize("unseen", "\u200b\u200c\u200d\u2060\ufeff\xad\0\x07\x7f\x9f\ud800")
def test_what_cannot_be_seen_is_dropped(unseen):
    assert normalise(f"{unseen}ทอง{unseen}ใบ{unseen}") == "ทองใบ"


@pytest.mark.parametrize("space", ["  ", "\xa0", "\t", "\r\n", "\u3000", " \u200b "])
def test_any_white_space_is_one_space(space):
    assert normalise(f"{space}สมศรี{space}ใจดี{space}") == "สมศรี ใจดี"


def test_nothing_that_makes_a_difference_is_lost():
    for text in [
        "จ้าาาา",
        "มากๆ",
        "กรุงเทพฯ",
        "เด็ก ๆ",
        "พุทฺธํ สรณํ",
        "ฤๅษี",
        "José 😀",
        "๑๒๐",
        *IN_DICTIONARY_ORDER,
    ]:
        assert normalise(text) == text


def test_latin_letters_are_composed():
    assert normalise("Jose\u0301") == "José"


def test_thai_digits_become_arabic_ones():
    assert to_arabic_digits("บ้านเลขที่ ๐๑๒๓๔๕๖๗๘๙/1") == "บ้านเลขที่ 0123456789/1"


def test_a_name_is_found_by_either_half():
    haystack = search_text("ทองใบ", "  ใจดี", "", "หมู่ ๑๒", "SOMSRI")
    assert haystack == "ทองใบ ใจดี หมู่ 12 somsri"
    for typed in ["ทอง", "ใบ", "ใจดี", "๑๒", "12", "Somsri", "ใบ ใจ"]:
        assert search_text(typed) in haystack


def test_tones_tell_words_apart():
    assert search_text("ข้าว") != search_text("ข่าว")
    assert search_text("ข้าว") not in search_text("ข่าวดี")


def in_order(words):
    return sorted(Random(2568).sample(words, len(words)), key=sort_key)


def test_names_stand_in_dictionary_order():
    assert in_order(IN_DICTIONARY_ORDER) == IN_DICTIONARY_ORDER


def test_every_name_has_its_own_place():
    assert len({sort_key(name) for name in IN_DICTIONARY_ORDER}) == len(IN_DICTIONARY_ORDER)


def test_tones_decide_only_when_all_else_is_equal():
    words = ["กา", "ก่า", "ก้า", "ก๊า", "ก๋า", "ก่าก", "กาง", "ก้าง"]
    assert in_order(words) == words


def test_marks_have_an_order_of_their_own():
    words = ["กน", "กน์", "กน็", "กน่", "กน้", "กน๊", "กน๋"]
    assert in_order(words) == words


def test_digits_come_first_then_thai_then_latin_then_other_scripts():
    words = ["", "!", "ฯ", "ๆ", "๑๐", "2 ศูนย์", "ก", "ฮ", "ไฮ", "a", "Anan", "àtoi", "z", "Ω", "日本"]
    assert in_order(words) == words


def test_people_with_one_given_name_stand_together():
    people = ["สม ใจดี", "สม อ่อนหวาน", "สมชาย กล้าหาญ", "สมศรี กล้าหาญ"]
    assert in_order(people) == people


def test_a_sort_key_is_as_long_as_it_says():
    assert len(sort_key("สมชาย Anan")) == 2 * len("สมชาย Anan")
    assert all(len(sort_key(name)) <= 3 * len(name) for name in IN_DICTIONARY_ORDER)


def test_case_and_kind_of_digit_make_no_difference_to_order():
    assert sort_key("ANAN ๑๒") == sort_key("anan 12")


def test_an_accent_decides_only_when_all_else_is_equal():
    words = ["éa", "eb", "éb", "ec"]
    assert in_order(words) == words


@given(anything)
@example("ก\u0331\u0e32\u0e48")  # a foreign mark, aa, and a tone that may not pass it
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert search_text(search_text(text)) == search_text(text)


@given(anything)
def test_what_comes_out_can_be_stored(text):
    clean = normalise(text)
    assert clean.encode().decode() == clean
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in clean)
    assert clean == " ".join(clean.split())


@given(anything)
def test_canonically_equal_text_is_normalised_to_one_text(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(anything, st.integers(0, 30))
def test_a_zero_width_space_makes_no_difference(text, place):
    assert normalise(text[:place] + "\u200b" + text[place:]) == normalise(text)


@given(st.lists(anything, max_size=3))
def test_a_part_is_found_in_the_whole(parts):
    assert all(search_text(part) in search_text(*parts) for part in parts)


@given(anything)
def test_a_sort_key_is_the_same_everywhere(text):
    key = sort_key(text)
    assert re.fullmatch("[0-9a-z]*", key)
    assert sort_key(text) == sort_key(normalise(text)) == key


syllables = st.tuples(*map(st.sampled_from, (["", *"เแไ"], "กขงรว", ["", *"ิัุ"], ["", *"่้็์"], ["", "า", " "])))
words = st.lists(syllables.map("".join), min_size=1, max_size=4).map("".join)


@given(words, words)
def test_words_that_differ_without_their_marks_keep_that_order_with_them(one, other):
    bare_one, bare_other = (re.sub("[่้็์]", "", word) for word in (one, other))
    assert sort_key(bare_one) <= sort_key(one)
    if sort_key(bare_one) < sort_key(bare_other):
        assert sort_key(one) < sort_key(other)
