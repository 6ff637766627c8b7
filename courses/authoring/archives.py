"""Zip files that a stranger may have made: looked at before anything is unpacked, and never trusted about sizes."""

import stat
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from courses.loading.patience import TookTooLongError, go_on

PIECE = 64 * 1024
STORED_WHOLE = 1024 * 1024  # a part this small may be packed as tightly as it likes
LONGEST_NAME = 240
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
RESERVED = set('<>:"|?*\\')


class ArchiveProblem(ValueError):
    """An archive that cannot be used; the text says why and what to do, to whoever sent it."""


@dataclass(frozen=True)
class Limits:
    """Of what an archive may unpack to, in bytes; `ratio` is of a part's size to what it takes in the archive."""

    parts: int = 2_000
    part: int = 100 * 1024 * 1024
    total: int = 300 * 1024 * 1024
    ratio: int = 200


def opened(file):
    """The zip, if it is one."""
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise ArchiveProblem(_("This is not a zip file, or it is damaged. Send it again as it was made.")) from None


def safe_members(archive, limits=None):
    """The files in a zip by their names, if every one of them stays where it is put and none grows too large."""
    limits = limits or Limits()
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise ArchiveProblem(_("There are more than %d files in it. Send fewer at a time.") % limits.parts)
    found, known, folders, total = {}, set(), set(), 0
    for part in parts:
        name = _safe_name(part)
        if part.is_dir():
            continue
        folded = name.casefold()
        folders |= (above := _above(folded))
        if folded in known | folders or known & above:
            raise ArchiveProblem(_("Two files in it have the same name: %s. Give each its own.") % _short(name))
        known.add(folded)
        _check_size(part, limits)
        total += part.file_size
        if total > limits.total:
            raise ArchiveProblem(_too_large(limits.total))
        found[name] = part
    return found


def pieces(archive, part, limits=None):
    """A file of the zip, piece by piece, and not a byte more than it said or than there may be."""
    limits = limits or Limits()
    left = min(part.file_size, limits.part)
    try:
        with archive.open(part) as file:
            while piece := file.read(PIECE):
                go_on()
                left -= len(piece)
                if left < 0:
                    raise ArchiveProblem(_too_large(limits.part))
                yield piece
    except (ArchiveProblem, TookTooLongError):
        raise
    except Exception:  # zlib.error, BadZipFile, EOFError, NotImplementedError, RuntimeError for a password ...
        told = _("The file %s in it is damaged or locked. Make the zip again, without a password.")
        raise ArchiveProblem(told % _short(part.filename)) from None


def unpacked(archive, folder, limits=None):
    """Every file of the zip in `folder`, which is empty and goes away with whatever it holds; their paths by name."""
    found = {}
    for name, part in safe_members(archive, limits).items():
        path = folder.joinpath(*PurePosixPath(name).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for piece in pieces(archive, part, limits):
                file.write(piece)
        found[name] = path
    return found


def _safe_name(part):
    """The name, in one spelling, if it leads nowhere but down, and to a file that is one."""
    name = unicodedata.normalize("NFC", part.filename).rstrip("/")
    steps = PurePosixPath(name).parts
    odd = any(letter in RESERVED or unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    if not steps or odd or name.startswith("/") or ".." in steps or len(name.encode()) > LONGEST_NAME:
        raise ArchiveProblem(_("A file in it has a name that leads elsewhere: %s. Make the zip again.") % _short(name))
    kind = stat.S_IFMT(part.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveProblem(_("%s in it is not a file but points to one. Put in the file itself.") % _short(name))
    return "/".join(steps)


def _above(name):
    """The folders that a file is in."""
    return {str(folder) for folder in PurePosixPath(name).parents}


def _check_size(part, limits):
    if part.flag_bits & 1 or part.compress_type not in PACKINGS:
        told = _("The file %s in it is damaged or locked. Make the zip again, without a password.")
        raise ArchiveProblem(told % _short(part.filename))
    swollen = part.file_size > STORED_WHOLE and part.file_size > limits.ratio * max(part.compress_size, 1)
    if swollen or part.file_size > limits.part:
        raise ArchiveProblem(_too_large(limits.part))


def _too_large(most):
    return _("It unpacks to more than %d MB. Send it in several files, or make its films smaller.") % (most // 1024**2)


def _short(name):
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
