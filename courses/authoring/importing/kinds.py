"""The kinds of file that can be taken over, each known by what is in it and not by its name.

`KINDS` is the list to add to: a Kind says how files of it are named, whether they are an archive, and who reads them.
Readers are imported when one is needed, as each brings a library that costs memory.
"""

import importlib
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from courses.authoring.importing.problems import ImportProblem

HERE = "courses.authoring.importing"
ZIP, GZIP, OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Kind:
    """`inside` is a file that each archive of the kind has; `refused` tells why a kind that we know is not taken."""

    name: str
    endings: tuple
    inside: str = ""
    reader: str = ""
    refused: str = ""

    def read(self, *arguments):
        return importlib.import_module(self.reader).read(*arguments)


KINDS = [
    Kind("pptx", (".pptx", ".ppsx", ".pptm"), "ppt/presentation.xml", f"{HERE}.pptx"),
    Kind("docx", (".docx", ".docm"), "word/document.xml", f"{HERE}.docx"),
    Kind("mbz", (".mbz", ".zip", ".tgz", ".gz"), "moodle_backup.xml", f"{HERE}.moodle.backup"),
    Kind("imscc", (".imscc", ".zip"), "imsmanifest.xml", f"{HERE}.cartridge.manifest"),
    Kind("epub", (".epub",), "META-INF/container.xml", f"{HERE}.epub"),
    Kind("pdf", (".pdf",), reader=f"{HERE}.pdf"),
    Kind("sheet", (".xlsx", ".xlsm"), "xl/workbook.xml", refused="a_sheet"),
    Kind("sala", (".zip",), "course.yaml", refused="a_course"),
    Kind("open_document", (".odt", ".odp", ".ods"), "META-INF/manifest.xml", refused="open_document"),
]
ENDINGS = tuple(sorted({ending for kind in KINDS if kind.reader for ending in kind.endings}))
OTHERS = (  # files that people choose by mistake, by how they begin
    (OLE, "old_office"),
    (b"{\\rtf", "old_office"),
    (b"Rar!", "other_archive"),
    (b"7z\xbc\xaf", "other_archive"),
    (b"\xff\xd8\xff", "a_picture"),
    (b"\x89PNG", "a_picture"),
    (b"MZ", "a_program"),
    (b"\x7fELF", "a_program"),
    (b"#!", "a_program"),
)


def kind_of(path, name):
    """The Kind of a file. Raises ImportProblem for what is none, or is named as something else."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head.strip(b"\0 \r\n\t"):
        raise ImportProblem("empty")
    kind = _by_content(path, head)
    if kind is None:
        raise ImportProblem(next((code for sign, code in OTHERS if head.startswith(sign)), "unknown_kind"))
    if kind.refused:
        raise ImportProblem(kind.refused)
    ending = PurePosixPath(name.lower()).suffix
    if ending not in kind.endings:
        raise ImportProblem("wrong_name", ending=kind.endings[0], named=ending[:10] or "–")
    return kind


def _by_content(path, head):
    if b"%PDF-" in head:
        return next(kind for kind in KINDS if kind.name == "pdf")
    if head.startswith(GZIP):
        return next(kind for kind in KINDS if kind.name == "mbz") if _is_tar(path) else None
    if head.startswith(ZIP):
        names = _names(path)
        return next((kind for kind in KINDS if kind.inside and _holds(names, kind.inside)), None)
    return None


def _holds(names, inside):
    """In the archive's own folder; a course of ours may have one folder around it."""
    return inside in names or (inside == "course.yaml" and any(name.endswith("/course.yaml") for name in names))


def _is_tar(path):
    try:
        with tarfile.open(path, "r:gz") as file:
            return file.next() is not None
    except (tarfile.TarError, OSError, EOFError, ValueError, IndexError):
        return False
    except Exception as error:
        raise ImportProblem("broken") from error


def _names(path):
    try:
        with zipfile.ZipFile(path) as file:
            return set(file.namelist())
    except MemoryError:
        raise
    except Exception as error:
        raise ImportProblem("broken") from error
