"""What stands in a certificate's QR: who finished what, when and where, with our signature, short enough to print.

A statement is BASE32 (RFC 4648) without padding, which a QR keeps in 5.5 bits a letter, of

    1 byte   the version of this form, 1
    4 bytes  the key's id
    4 bytes  the day it was finished: year (big-endian), month, day
    4 texts  number, name, course, centre: a byte of length, and the letters
    64 bytes the signature (Ed25519) of CONTEXT and all that stands before

A length with its highest bit set is of UTF-8; without it each Thai letter is one byte (ISO 8859-11, TIS-620).
"""

import base64
import binascii
import re
from datetime import date
from typing import NamedTuple

VERSION = 1
CONTEXT = b"sala certificate 1\n"  # so that nothing else that the key signs can be taken for a statement
SIGNATURE = 64
FITS = 290  # bytes in all: a QR of version 15 with correction M, after an address of 60 letters
LONGEST = 127  # bytes of a text
SHORTENED = ".."
UTF_8 = 0x80
LAST_LETTER = re.compile(r"[เ-ไ]?.[\u0e31-\u0e3a\u0e45\u0e47-\u0e4e]*\Z", re.DOTALL)  # with what stands around it


class Malformed(Exception):
    """These letters are no statement of ours, or not all of it."""


class Statement(NamedTuple):
    kid: str
    finished_on: date
    number: str
    name: str
    course: str
    centre: str


def sealed(statement, sign):
    """The text of the QR; `sign` gives the signature of some bytes."""
    told = _packed(_fitting(statement))
    return base64.b32encode(told + sign(CONTEXT + told)).decode().rstrip("=")


def opened(text):
    """The statement, the bytes that are signed, and the signature. Whether it is right, the key must say."""
    try:
        whole = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise Malformed from error
    if base64.b32encode(whole).decode().rstrip("=") != text:
        raise Malformed  # one certificate, one spelling
    told, signature = whole[:-SIGNATURE], whole[-SIGNATURE:]
    return _unpacked(told), CONTEXT + told, signature


def _packed(statement):
    day = statement.finished_on
    head = bytes([VERSION]) + bytes.fromhex(statement.kid) + day.year.to_bytes(2) + bytes([day.month, day.day])
    return head + b"".join(_text(text) for text in statement[2:])


def _text(text):
    letters, mark = _letters(text)
    return bytes([mark | len(letters)]) + letters


def _letters(text):
    """The bytes of a text, and the mark of how they are to be read."""
    try:
        return text.encode("iso8859-11"), 0
    except UnicodeEncodeError:
        return text.encode(), UTF_8


def _fitting(statement):
    """With its longest text shortened until all of it fits; the number never is."""
    texts = list(statement[3:])
    while _too_long(texts, statement.number):
        longest = max(range(len(texts)), key=lambda place: _size(texts[place]))
        texts[longest] = LAST_LETTER.sub("", texts[longest].removesuffix(SHORTENED)).rstrip() + SHORTENED
    return statement._replace(name=texts[0], course=texts[1], centre=texts[2])


def _too_long(texts, number):
    sizes = [_size(text) for text in (number, *texts)]
    return max(sizes) > LONGEST or 9 + sum(sizes) + len(sizes) + SIGNATURE > FITS


def _size(text):
    return len(_letters(text)[0])


def _unpacked(told):
    try:
        if told[0] != VERSION:
            raise Malformed
        day = date(int.from_bytes(told[5:7]), told[7], told[8])
        texts, place = [], 9
        for _each in range(4):
            size, code = told[place] & ~UTF_8, "utf-8" if told[place] & UTF_8 else "iso8859-11"
            letters = told[place + 1 : place + 1 + size]
            if len(letters) != size:
                raise Malformed
            texts.append(letters.decode(code))
            place += 1 + size
    except (IndexError, ValueError) as error:
        raise Malformed from error
    if place != len(told):
        raise Malformed
    return Statement(told[1:5].hex(), day, *texts)
