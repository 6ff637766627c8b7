"""What slides and papers of office programs share: the look before they are opened, and how their readers fail."""

from contextlib import contextmanager

from lxml import etree
from pptx.exc import PythonPptxError

from courses.authoring.importing import limits, trees
from courses.authoring.importing.problems import UNREADABLE, ImportProblem

BROKEN = (*UNREADABLE, etree.Error, PythonPptxError)


def look_through(archive, part):
    """Refuse what defines entities or is too large for a tree; tell of the programs in it, which are never run."""
    together = 0
    for name in archive.names:
        lower = name.lower()
        if lower.endswith("vbaproject.bin"):
            part.left("macros")
        elif "/embeddings/" in lower and lower.endswith((".bin", ".xlsx", ".docx", ".pptx", ".zip", ".exe")):
            part.left("embedded")
        if not lower.endswith((".xml", ".rels", ".vml")):
            continue
        together += archive.size(name)
        if archive.size(name) > limits.XML_MEMBER or together > limits.XML_TOGETHER:
            raise ImportProblem("xml_too_large", megabytes=limits.XML_TOGETHER // limits.MB)
        trees.check_definitions(archive.read(name))


@contextmanager
def errors():
    """The readers were written for files of honest programs: they fail in many ways, and all mean the same."""
    try:
        yield
    except ImportProblem:
        raise
    except BROKEN as error:
        raise ImportProblem("broken") from error
