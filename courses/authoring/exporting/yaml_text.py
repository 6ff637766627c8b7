"""YAML that people can read and courses.loading reads back to the letter."""

import json
import re
import unicodedata
from decimal import Decimal
from uuid import UUID

_LITERAL = re.compile(r"[^\n ][^\n]*[^\n ]|[^\n ]|")  # a line that a block of text can hold as it is


def written(value):
    """A mapping of mappings, lists, texts, numbers and truths as a document."""
    return "\n".join(_mapping(value, 0)) + "\n"


def _mapping(value, depth):
    for name, inner in value.items():
        yield from _after(f"{' ' * depth}{name}:", inner, depth + 2)


def _list(values, depth):
    for inner in values:
        lead = f"{' ' * depth}-"
        if isinstance(inner, dict) and inner:
            first, *others = _mapping(inner, depth + 2)
            yield f"{lead} {first.lstrip()}"
            yield from others
        else:
            yield from _after(lead, inner, depth + 2)


def _after(lead, value, depth):
    """The lines of a value whose name, or whose dash, is `lead`."""
    if isinstance(value, dict) and value:
        yield lead
        yield from _mapping(value, depth)
    elif isinstance(value, list) and value:
        yield lead
        yield from _list(value, depth)
    elif isinstance(value, str) and "\n" in value and _is_literal(value):
        yield f"{lead} |-"
        yield from (" " * depth + line if line else "" for line in value.split("\n"))
    else:
        yield f"{lead} {_scalar(value)}"


def _is_literal(text):
    lines = text.split("\n")
    whole = bool(lines[0]) and bool(lines[-1])
    return whole and all(_LITERAL.fullmatch(line) and _quoted(line) == f'"{line}"' for line in lines)


def _scalar(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return _quoted(value)


def _quoted(text):
    """In quotation marks; letters that cannot be seen, or that YAML takes for the end of a line, by their numbers."""
    return "".join(_escaped(letter) for letter in json.dumps(text, ensure_ascii=False))


def _escaped(letter):
    if letter == " " or unicodedata.category(letter)[0] not in "CZ":
        return letter
    number = ord(letter)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
