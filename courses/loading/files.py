"""Files that come along with a course: known by what is in them, as a name says nothing."""

import re
import warnings

from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image

from courses.sounds import check_sound, kind_of

PICTURE, SOUND, FILM, CAPTIONS, DOCUMENT, READING = "picture", "sound", "film", "captions", "document", "reading"
ROLES = {
    "audio": {"file": SOUND},
    "video": {"file": FILM, "captions": CAPTIONS},
    "document": {"file": DOCUMENT},
}  # of the files of each kind of block, by field

MOST_PIXELS = 12_500_000  # a phone's photo; turned the right way it is in memory twice, four bytes each
PICTURES = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",), "GIF": ("gif",)}
SVG_BYTES = 500_000
UNSAFE_TAGS = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "set"}
ADDRESS = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)

MP4, MATROSKA, ZIP, OLE = b"ftyp", b"\x1aE\xdf\xa3", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BEGINNINGS = {
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip"), (ZIP,)),
    **dict.fromkeys(("doc", "xls", "ppt"), (OLE,)),
    "pdf": (b"%PDF",),
    "rtf": (b"{\\rtf",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF8",),
    "webp": (b"RIFF",),
    "webm": (MATROSKA,),
}
TEXTS = ("txt", "csv")
SOUNDS = ("ogg", "oga", "opus", "mp3", "m4a", "wav")
DOCUMENTS = {*BEGINNINGS, *TEXTS, *SOUNDS, "mp4", "vtt"}


def problem(path, role):
    """What is wrong with a file for what it is used as; nothing if it is right."""
    if path.is_symlink() or not path.is_file():
        return _("there is no such file beside it")
    if not _CHECKS[role](path):
        return _MESSAGES[role]()
    return ""


def _is_picture(path):
    if path.suffix == ".svg":
        return _is_calm_svg(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(PICTURES)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return False
                kind = image.format
                image.verify()
    except Exception:  # Pillow raises whatever a broken file makes it stumble over
        return False
    return path.suffix[1:] in PICTURES[kind]


def _is_calm_svg(path):
    """A drawing that runs nothing and fetches nothing."""
    if path.stat().st_size > SVG_BYTES:
        return False
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except Exception:  # not XML, or with entities
        return False
    if _bare(root.tag) != "svg":
        return False
    for element in root.iter():
        if _bare(element.tag) in UNSAFE_TAGS or ADDRESS.search(element.text or ""):
            return False
        for name, value in element.attrib.items():
            is_address = _bare(name) in ("href", "src") and not value.strip().startswith("#")
            if _bare(name).startswith("on") or is_address or ADDRESS.search(value):
                return False
    return True


def _bare(name):
    return str(name).rpartition("}")[2].lower()


def _is_sound(path):
    with path.open("rb") as file:
        if path.suffix == ".webm":
            return file.read(4) == MATROSKA
        return kind_of(File(file, path.name)) is not None and path.suffix[1:] in SOUNDS


def _is_reading(path):
    with path.open("rb") as file:
        try:
            check_sound(File(file, path.name))
        except ValidationError:
            return False
    return True


def _is_film(path):
    head = _head(path)
    return path.suffix == ".mp4" and head[4:8] == MP4 or path.suffix == ".webm" and head.startswith(MATROSKA)


def _is_captions(path):
    return path.suffix == ".vtt" and _head(path).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def _is_document(path):
    kind, head = path.suffix[1:], _head(path)
    if kind in BEGINNINGS:
        return head.startswith(BEGINNINGS[kind])
    if kind in TEXTS:
        return b"\0" not in head
    return kind == "mp4" and _is_film(path) or kind == "vtt" and _is_captions(path) or _is_sound(path)


def _head(path):
    with path.open("rb") as file:
        return file.read(64)


_CHECKS = {
    PICTURE: _is_picture,
    SOUND: _is_sound,
    FILM: _is_film,
    CAPTIONS: _is_captions,
    DOCUMENT: _is_document,
    READING: _is_reading,
}
_MESSAGES = {
    PICTURE: lambda: _("is no picture that can be shown: JPEG, PNG, WebP, GIF or a calm SVG, at most 12 megapixels"),
    SOUND: lambda: _("is no sound that can be played: MP3, M4A, Ogg (Opus), WAV or WebM"),
    FILM: lambda: _("is no film that can be played: MP4 or WebM"),
    CAPTIONS: lambda: _("holds no words for a film: WebVTT"),
    DOCUMENT: lambda: _("is not what its name says, or of a kind that is not passed on"),
    READING: lambda: _("is no recording of at most 10 MB: MP3, M4A, Ogg (Opus) or WAV"),
}
