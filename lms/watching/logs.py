"""The log: one line for each thing that happened, in which nobody is named.

Only the wording of a message is written, and whole numbers; what else was filled in can be a name, an address or a
code, and libraries do not say which. Of an error its kinds and places are written, and not what it said: databases
and forms put in their messages what somebody typed. Gunicorn reads this file too, before Django is there.
"""

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

FORMS = ["json", "plain"]
BLANK = "…"
DEEPEST = 60  # places of one error; a loop without an end has a thousand
CAUSES = 5

# Errors whose words come from the program, or from the database about itself.
TELLING = {"AttributeError", "NameError", "ImportError", "ModuleNotFoundError", "MemoryError", "RecursionError"}
TELLING |= {"OperationalError", "InterfaceError", "ConnectionRefusedError", "TemplateDoesNotExist"}
MISSING = {"UndefinedTable", "UndefinedColumn"}  # of PostgreSQL: the first line names it, the statement follows

PLACEHOLDER = re.compile(r"%(?:\([^)]*\))?[-#0 +]*[0-9.*]*[a-zA-Z]")
VALUES = re.compile(
    r"""(?<!\w)'[^']*'|"[^"]*"|`[^`]*`"""  # what is quoted
    r"|(?<!\w)/[^\s,;]+|\w+://\S+"  # paths and addresses
    r"|(?:[0-9a-fA-F]{4,12}-?){4,}"  # ids
    r"|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:]+"  # machines
    r"|\S+@\S+|[^\x00-\x7f]+"  # e-mail, and anything in Thai
)

request_id = ContextVar("request_id", default=None)


def config(form):
    """Django's LOGGING, and gunicorn's: on stdout of a server, on stderr of a command whose stdout is its answer."""
    stream = "ext://sys.stdout" if "gunicorn" in sys.modules else "ext://sys.stderr"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "lms.watching.logs.Json"}, "plain": {"()": "lms.watching.logs.Plain"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "stream": stream, "formatter": form}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "sala": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},  # what was not found is in the line of its request
            "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
    }


def facts(record):
    """What is written of a record, in the order in which it is read."""
    found = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": wording(record),
    }
    if ident := request_id.get():
        found["request_id"] = ident
    found |= getattr(record, "facts", {})
    if record.exc_info and record.exc_info[1]:
        found["errors"] = errors(record.exc_info[1])
    return found


def wording(record):
    """The message with whole numbers filled in, and a blank for everything else."""
    if isinstance(record.msg, BaseException):
        return type(record.msg).__name__
    text = str(record.msg)
    if record.args:
        try:
            text %= _blanked(record.args)
        except (TypeError, ValueError, KeyError):
            text = PLACEHOLDER.sub(BLANK, text)
    return without_values(text)


def _blanked(args):
    if isinstance(args, dict):
        return {name: _number_or_blank(value) for name, value in args.items()}
    return tuple(_number_or_blank(value) for value in args)


def _number_or_blank(value):
    return value if type(value) in (int, float, bool) else BLANK


def without_values(text):
    return VALUES.sub(BLANK, " ".join(text.split()))[:500]


def errors(error):
    """The error and what caused it: kind, places, and its words where they come from no form."""
    found = []
    while error is not None and len(found) < CAUSES:
        kind = type(error)
        one = {"kind": f"{kind.__module__}.{kind.__qualname__}", "places": _places(error)}
        if said := _said(error):
            one["said"] = said
        found.append(one)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _said(error):
    kind = type(error)
    if kind.__name__ in MISSING:
        return str(error).partition("\n")[0]
    if kind.__name__ in TELLING or getattr(kind, "for_the_log", False):
        return without_values(str(error))
    return ""


def _places(error):
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path):
    """Without what stands before it on this machine."""
    return path.rpartition("/site-packages/")[2] if "/site-packages/" in path else "/".join(path.split("/")[-4:])


class Json(logging.Formatter):
    def format(self, record):
        return json.dumps(facts(record), ensure_ascii=False)


class Plain(logging.Formatter):
    """The same for people who read along: time, level, message, then name=value."""

    def format(self, record):
        found = facts(record)
        head = [found.pop(name) for name in ("time", "level", "logger", "message")]
        trouble = found.pop("errors", [])
        line = " ".join([*head, *(f"{name}={value}" for name, value in found.items())])
        return "\n".join([line, *map(_paragraph, trouble)])


def _paragraph(one):
    said = f": {one['said']}" if "said" in one else ""
    return "\n".join([f"  {one['kind']}{said}", *(f"    {place}" for place in one["places"])])
