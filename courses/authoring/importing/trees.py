"""XML that nobody vouches for, as a tree without namespaces; nothing that a document defines or names is fetched."""

import re

from lxml import etree

from courses.authoring.importing import limits
from courses.authoring.importing.problems import ImportProblem

DEFINES = re.compile(r"<!\s*(ENTITY|ELEMENT|ATTLIST|NOTATION)", re.I)
DOCTYPE = re.compile(r"<!\s*DOCTYPE", re.I)


def parse(data, doctype=False):
    """The root. Raises ImportProblem; a document that defines entities is refused, whatever it does with them."""
    if len(data) > limits.XML_MEMBER:
        raise ImportProblem("xml_too_large", megabytes=limits.XML_MEMBER // limits.MB)
    check_definitions(data, doctype)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ImportProblem("broken_xml") from error
    if root is None:
        raise ImportProblem("broken_xml")
    _without_namespaces(root)
    return root


def check_definitions(data, doctype=False):
    """Written in UTF-16 it would not be seen at once, so the zeros between are taken out."""
    text = data.replace(b"\0", b"").decode("latin-1")
    if DEFINES.search(text) or (not doctype and DOCTYPE.search(text)):
        raise ImportProblem("entities")


def _without_namespaces(root):
    for depth, element in _walk(root):
        if depth > limits.DEPTH:
            raise ImportProblem("too_deep")
        if isinstance(element.tag, str):
            element.tag = local(element.tag)


def _walk(root):
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            yield depth, element
        else:
            depth -= 1


def local(name):
    return name.rpartition("}")[2]


def text_of(element, path=None, default=""):
    """All words in an element, or in the first that is found at a path."""
    found = element if path is None else element.find(path)
    return default if found is None else "".join(found.itertext()).strip() or default


def attribute(element, name, default=""):
    """By its local name, as r:id and id are written by different programs."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return value
    return default
