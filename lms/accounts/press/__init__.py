"""Setting a PDF with Typst, for cards and certificates."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

PROCESS = Path(__file__).with_name("process.py")
FONTS = settings.BASE_DIR / "lms" / "static" / "fonts" / "pdf"
NO_LETTER = b"could not be displayed with font"


class PressError(Exception):
    """Typst did not like the layout or its data; says why."""


def printed(layout, data, root, standards=()):
    """The PDF of `data` in a layout; Typst reads no file outside `root`. What is said comes as data, never as Typst.

    A name with a letter that our fonts have not is set without the standards, which would rather set nothing.
    """
    command = [sys.executable, "-I", PROCESS, layout, root, FONTS, *standards]
    asked = json.dumps(data).encode()
    done = subprocess.run(command, input=asked, capture_output=True, timeout=60)
    if done.returncode and standards and NO_LETTER in done.stderr:
        return printed(layout, data, root)
    if done.returncode:
        raise PressError(done.stderr.decode(errors="replace")[-500:])
    return done.stdout
