"""YAML 1.2, and of it only what a course needs: no aliases, tags or second document."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from courses.loading.patience import TookTooLongError, go_on
from courses.loading.reading import Node, Unreadable

DEEPEST = 20  # lists and mappings within each other; a lesson needs eight
LONGEST_NUMBER = 40

_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS = {"": None, "~": None} | {
    spelling: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for spelling in (word, word.capitalize(), word.upper())
}


def parse(text):
    """The one document, as a Node. Raises Unreadable."""
    if "\t" in text:
        raise Unreadable(_("expected spaces, found a tab"), text.count("\n", 0, text.index("\t")) + 1)
    reader = YAML(typ="safe", pure=True)
    try:
        return _build(reader.parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = _("is not YAML: %(problem)s") % {"problem": error.problem or error.context}
        raise Unreadable(message, mark.line + 1 if mark else 0) from None
    except (Unreadable, TookTooLongError):
        raise
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = _("expected %(what)s") % {"what": _("text without control characters")}
        raise Unreadable(message, line) from None
    except Exception as error:  # the parser has more ways to fail than its own errors, as with "\UFFFFFFFF"
        raise Unreadable(_("is not YAML: %(problem)s") % {"problem": str(error).splitlines()[0][:200]}) from None


def _build(parsed):
    """Put the tree together, and stop at the first thing that a course does not need."""
    root, open_nodes, keys = [], [], []
    for event in parsed:
        go_on()
        line = event.start_mark.line + 1
        if isinstance(event, events.DocumentStartEvent):
            _check_document(event, root, line)
        elif isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(_("anchors and aliases (& and *) are not used here; write the text out"), line)
        elif isinstance(event, events.NodeEvent):
            _check_tag(event, line)
            node = Node(_value(event), line)
            _place(node, root, open_nodes, keys)
            if isinstance(event, events.CollectionStartEvent):
                if len(open_nodes) == DEEPEST:
                    raise Unreadable(_("too many lists within lists"), line)
                open_nodes.append(node)
                keys.append(None)
        elif isinstance(event, events.CollectionEndEvent):
            open_nodes.pop()
            keys.pop()
    if not root:
        raise Unreadable(_("is empty"))
    return root[0]


def _check_document(event, root, line):
    if root:
        raise Unreadable(_("expected one document, found a second ---"), line)
    if event.version and tuple(event.version) != (1, 2):
        raise Unreadable(_("expected YAML 1.2"), line)


def _check_tag(event, line):
    if event.tag and event.tag != "!":
        raise Unreadable(_("tags (!) are not used here"), line)


def _value(event):
    if isinstance(event, events.MappingStartEvent):
        return {}
    if isinstance(event, events.SequenceStartEvent):
        return []
    # implicit[0]: written plain, so that 5 is a number and "5" is text.
    return _plain(event.value) if event.implicit[0] else event.value


def _plain(text):
    """A bare word as YAML's core schema reads it, decimals exactly."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= LONGEST_NUMBER:
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text


def _place(node, root, open_nodes, keys):
    """Put a node where it belongs: the root, the next item, a name, or a name's value."""
    if not open_nodes:
        root.append(node)
    elif isinstance(open_nodes[-1].value, list):
        open_nodes[-1].value.append(node)
    elif keys[-1] is None:
        _check_key(node, open_nodes[-1].value)
        keys[-1] = node
    else:
        key, keys[-1] = keys[-1], None
        # The parser finds that a value is missing only at what comes after it.
        open_nodes[-1].value[key.value] = Node(None, key.line) if node.value is None else node


def _check_key(node, mapping):
    if not isinstance(node.value, str):
        raise Unreadable(_("expected the name of a field"), node.line)
    if node.value in mapping:
        raise Unreadable(_("%(field)s is written twice") % {"field": node.value}, node.line)
