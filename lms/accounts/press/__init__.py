"""Setting a PDF with Typst, for cards and certificates."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

PROCESS = Path(__file__).with_name("process.py")
FONTS = settings.BASE_DIR / "lms" / "static" / "fonts" / "pdf"


def printed(layout, data, root, standards=()):
    """The PDF of `data` in a layout; Typst reads no file outside `root`. What is said comes as data, never as Typst."""
    command = [sys.executable, "-I", PROCESS, layout, root, FONTS, *standards]
    asked = json.dumps(data).encode()
    return subprocess.run(command, input=asked, stdout=subprocess.PIPE, check=True, timeout=60).stdout
