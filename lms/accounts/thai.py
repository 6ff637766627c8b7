"""Thai text as people type it, search it and look it up in a dictionary."""

import re
import unicodedata

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INTO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Nothing to see and nothing to compare: controls that are not white space, NUL, lone surrogates (no
# database stores them), soft hyphen, zero-width space and joiners, direction marks, byte order mark.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff]+"
)

# How marks on one consonant are written: below, above (the vowels, maitaikhu, nikhahit), tone, yamakkan,
# thanthakhat. WTT 2.0 and the Unicode Standard (16.1 Thai) put the vowel before the tone.
_MARKS = "\u0e3a\u0e38\u0e39\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d\u0e48\u0e49\u0e4a\u0e4b\u0e4e\u0e4c"
_MARK_PLACE = {mark: place for place, mark in enumerate(_MARKS)}
_AFTER_MARKS = len(_MARKS)
_MARKS_AND_FOLLOWERS = re.compile(f"[{_MARKS}ะาำ]{{2,}}")

_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")

# Dictionary order: the Royal Institute's, as CLDR writes it down in collation/th.xml (ICU's "th").
_LETTERS = (
    "ฯๆ0123456789กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮ"
    "\u0e4d\u0e30\u0e31\u0e32\u0e45\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39เแโใไ\u0e3a"
    "abcdefghijklmnopqrstuvwxyz"
)
_LETTER_PLACE = {letter: place for place, letter in enumerate(_LETTERS, start=3)}  # 0 to 2: see _letter_key
# Marks decide only between words that are otherwise the same; an unmarked letter comes first.
_UNMARKED, _ACCENTED = "1", "9"
_MARK_KEYS = dict(zip("\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b", "2345678", strict=True))


# The keys of an English and of a Thai keyboard (Kedmanee, TIS 820), first as they are, then with Shift.
ENGLISH_KEYS = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
THAI_KEYS = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_AS_ON_ENGLISH_KEYS = str.maketrans(THAI_KEYS, ENGLISH_KEYS)


def as_on_english_keys(text):
    """What the same keys write on an English keyboard: ้ะะยห is https."""
    return text.translate(_AS_ON_ENGLISH_KEYS)


def to_arabic_digits(text):
    """๑๒๐ is 120."""
    return text.translate(_THAI_DIGITS)


def to_thai_digits(text):
    """120 is ๑๒๐."""
    return text.translate(_INTO_THAI_DIGITS)


def normalise(text):
    """One spelling for what looks the same on screen: น้ํา, นํ้า and นำ้ are all น้ำ."""
    visible = " ".join(_UNSEEN.sub("", text).split())
    composed = unicodedata.normalize("NFC", visible)
    return _MARKS_AND_FOLLOWERS.sub(_in_order, composed).replace("เเ", "แ")


def _in_order(match):
    """Marks in order, then the vowels that follow them, nikhahit and aa joined to sara am."""
    run, text = match.group(), match.string
    neighbours = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    if any(unicodedata.combining(neighbour) for neighbour in neighbours):
        return run  # a foreign mark in between: NFC has ordered these, and must stay right
    joined = min(run.count("\u0e4d"), run.count("\u0e32"))
    rest = sorted(run.replace("\u0e4d", "", joined), key=lambda mark: _MARK_PLACE.get(mark, _AFTER_MARKS))
    return "".join(rest).replace("\u0e32", "\u0e33", joined)


def search_text(*parts):
    """What `contains` is asked of: ทองใบ is found by ทอง and by ใบ, but ข้าว is not ข่าว."""
    return to_arabic_digits(normalise(normalise(" ".join(parts)).casefold()))


def sort_key(text):
    """A key in dictionary order: digits, Thai, Latin, others, and a space before them all.

    Only 0-9 and a-z, so that SQLite's BINARY, Python and any PostgreSQL collation agree. It takes three
    characters for a Thai or Latin letter and seven for any other; cutting it off only loses precision.
    A space counts, unlike in a dictionary: people with one given name stand together.
    """
    letters, marks = [], []
    folded = unicodedata.normalize("NFD", search_text(text))
    for char in _LEADING_VOWEL.sub(r"\2\1", folded):
        if mark := _mark_key(char):
            marks.append(mark)
        else:
            letters.append(_letter_key(char))
            marks.append(_UNMARKED)
    told_apart_by = "".join(marks).rstrip(_UNMARKED)
    return "".join(letters) + ("00" + told_apart_by if told_apart_by else "")


def _mark_key(char):
    return _ACCENTED if "\u0300" <= char <= "\u036f" else _MARK_KEYS.get(char)


def _letter_key(char):
    """Two characters a letter, so that keys stay in step; four more where the letter is not listed."""
    if char == " ":
        return "01"
    if char in _LETTER_PLACE:
        return _base36(_LETTER_PLACE[char], 2)
    before_letters = unicodedata.category(char)[0] in "CPSZ"
    return ("02" if before_letters else "zz") + _base36(ord(char), 4)


def _base36(number, width):
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
