"""A YAML file into values that know their line."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

BIGGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Node:
    """A scalar, a list of nodes, or a dict of nodes by name; and the line it begins on."""

    value: object
    line: int


class Unreadable(ValueError):
    """Text that is not the YAML asked for."""

    def __init__(self, message, line=0):
        super().__init__(message)
        self.message, self.line = message, line


def read(path):
    """The one document of a file, as a Node."""
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise OSError
        raw = path.read_bytes() if path.stat().st_size <= BIGGEST_FILE else None
    except OSError:
        raise Unreadable(_("cannot be read")) from None
    if raw is None:
        raise Unreadable(_("is larger than 1 MB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("expected UTF-8 text"), raw.count(b"\n", 0, error.start) + 1) from None
    return parse(text)


def parse(text):
    """The one document of a text, as a Node."""
    from courses.loading import parsing  # with a library that is large, and seldom asked for

    return parsing.parse(text)
