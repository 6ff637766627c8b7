"""The interface's icons."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r'{% icon "([a-z0-9-]+)"|[" ]icon="([a-z0-9-]+)"|use href="[^"#]*#([a-z0-9-]+)"')


def test_every_icon_that_a_page_names_is_drawn():
    pages = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = {name for found in NAMED.findall(pages) for name in found if name}
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', Path(finders.find("icons.svg")).read_text()))
    assert named <= drawn
