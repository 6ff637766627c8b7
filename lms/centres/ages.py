"""Age bands from what lists say: a band, an age, a year of birth."""

import re

from lms.accounts.models import User

Band = User.AgeBand
UP_TO = ((10, Band.CHILD), (19, Band.YOUTH), (39, Band.ADULT), (59, Band.MIDDLE), (120, Band.ELDER))
BUDDHIST = 543
# What a spreadsheet makes of 11-19, which it takes for a day in November.
TAKEN_FOR_A_DAY = re.compile(r"(\d{4}-)?11-19|19[- ]?(nov|พ\.ย\.|พ\.ย|พย)", re.IGNORECASE)


def band_of_age(age):
    """The band of an age in years; None where nobody is so old."""
    return next((band.value for limit, band in UP_TO if 0 <= age <= limit), None)


def band_of_year(year, today):
    """The band of those born in a year, Buddhist or Gregorian. Where the birthday decides, the younger one.

    So nobody under 20 passes for an adult.
    """
    born = year - BUDDHIST if year >= 2400 else year
    oldest = band_of_age(today.year - born)
    younger = band_of_age(max(0, today.year - born - 1))
    return younger if oldest and younger in (Band.CHILD, Band.YOUTH) else oldest


def band_of_text(text):
    """The band that a cell of a list names; None for what names none."""
    said = re.sub(r"\s+", "", text.casefold()).replace("–", "-")
    said = re.sub(r"ปี|years?|ขึ้นไป|orolder", "", said)
    if TAKEN_FOR_A_DAY.fullmatch(said):
        return Band.YOUTH.value
    if said in Band.values:
        return said
    by_word = {"0-10": r"(ไม่เกิน|<=?)?10(หรือน้อยกว่า|orless|oryounger)?", "60+": r"60(หรือมากกว่า|-.*)?"}
    for band, pattern in by_word.items():
        if re.fullmatch(pattern, said):
            return band
    if span := re.fullmatch(r"(\d{1,3})(-|ถึง|to)(\d{1,3})", said):
        return f"{span[1]}-{span[3]}" if f"{span[1]}-{span[3]}" in Band.values else None
    return band_of_age(int(said)) if re.fullmatch(r"\d{1,3}", said) else None
