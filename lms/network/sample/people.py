"""Invented people. The names are common ones, put together by chance."""

from functools import lru_cache
from typing import NamedTuple

from courses.progress.events import THAI_TIME, month_of
from lms.accounts.models import User
from lms.network.sample.copying import as_text

GIVEN = [
    *["สมศรี", "ทองใบ", "บุญมี", "คำปัน", "มาลี", "สมชาย", "บัวผัน", "ประเสริฐ"],
    *["จันทร์เพ็ญ", "อำนวย", "วันดี", "สุรีย์", "ไพโรจน์", "เกษม", "ลำไย", "นิภา"],
]
FAMILY = [
    *["ใจดี", "ทองคำ", "สุขสม", "แก้วมณี", "ศรีสุข", "บุญเรือง", "วงศ์คำ", "พรมมา"],
    *["แสงทอง", "ชัยชนะ", "มีสุข", "ดอนแก้ว", "ปัญญา", "สายบุญ"],
]
AGES = {"0-10": 1, "11-19": 12, "20-39": 27, "40-59": 35, "60+": 24, "": 1}
NAMES = [field.name for field in User._meta.concrete_fields]
HOME_NAMES = ["learner", "centre", "since", "subdistrict"]


class Invented(NamedTuple):
    """`id` is hex; the last three are rows of the tables of people, of homes, and of who is counted where."""

    id: str
    age_band: str
    text: str
    home: str
    counted: str


def invented(number, joined, place, chance):
    """The person of that number, whose key is of the moment they joined."""
    id = f"{int(joined.timestamp() * 1000):012x}7{chance.getrandbits(12):03x}8{number:015x}"
    age_band = chance.choices(list(AGES), AGES.values())[0]
    person = _person(chance.choice(GIVEN), chance.choice(FAMILY))
    own = {"id": id, "age_band": age_band, "date_joined": joined}
    since = (joined + THAI_TIME).date()
    return Invented(
        id,
        age_band,
        as_text([(person | own).values()]),
        as_text([[id, place.pk, since, place.subdistrict_id]]),
        as_text([[id, month_of(joined), place.pk, age_band]]),
    )


@lru_cache
def _person(given, family):
    """What is in each column of whoever has this name, but for what is their own."""
    person = User(name=given, family_name=family, password="!")
    person.fill_derived()
    return {name: getattr(person, name) for name in NAMES}
