"""Bytes that are text in some alphabet: what they say, and whether all of it could be read."""

import codecs
import re
import unicodedata

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,200}?charset)\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})"""
)
ALIASES = {
    **dict.fromkeys(("windows-874", "tis-620", "tis620", "iso-8859-11", "cp874", "x-windows-874"), "cp874"),
    **dict.fromkeys(("windows-1252", "iso-8859-1", "latin1", "latin-1", "cp1252", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "ucs-2"), "utf-16"),
}
_RUN = re.compile(rb"[\x80-\xff]{3,}")  # Thai words are runs of high bytes; é stands alone
_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")


def read_text(data):
    """(text, whether every letter could be read)"""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    if name := _wide(data):
        return _decoded(data, name)
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    found = DECLARED.search(data[:2000])
    declared = ALIASES.get(found[1].decode("ascii").lower()) if found else None
    name = declared if declared in ("cp874", "cp1252") else None
    if name != "cp874":  # a page of Windows says 1252 of everything
        name = _likelier(data) if _HIGH.search(data) else "utf-8"
    if declared == "utf-8" and _mostly_utf8(data):
        name = "utf-8"
    return _decoded(data, name)


def _wide(data):
    """UTF-16 without its mark: every second byte is 0, or the 0x0E of Thai."""
    head = data[:2000]
    if len(head) < 8:
        return None
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_second = head[first::2]
        if sum(byte in (0, 0x0E) for byte in every_second) > len(every_second) * 0.9:
            return name
    return None


def _likelier(data):
    in_runs = sum(len(run) for run in _RUN.findall(data))
    return "cp874" if in_runs * 2 > len(_HIGH.findall(data)) else "cp1252"


def _mostly_utf8(data):
    lost = data.decode("utf-8", errors="replace").count("\ufffd")
    return lost * 20 < len(_HIGH.findall(data))


def _decoded(data, name):
    try:
        return data.decode(name), True
    except UnicodeDecodeError:
        return data.decode(name, errors="replace").replace("\ufffd", "?"), False


def tidy(text):
    """One spelling, without letters that nobody can see; lines stay."""
    text = unicodedata.normalize("NFC", _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\x0b", "\n")))
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text):
    return " ".join(tidy(text).split())
