"""The app's shell: the files that a page of ours needs before it says anything, for the worker to keep."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

STYLES = ["css/tokens.css", "css/sala.css", "css/together.css"]
LETTERS = ("thai-400", "thai-700", "latin-400", "latin-700", "signs-700")
FONTS = [f"fonts/noto-sans-thai-looped-{letters}.woff2" for letters in LETTERS]
DRAWINGS = ["favicon.svg", "icons.svg", "app/sala-192.png"]
SEEN = ("antenna-bars", "mobile-phone", "seedling", "busts-in-silhouette", "sports-medal", "stop-sign")
PICTURES = [f"pictures/{name}.svg" for name in SEEN]
DESKS = {"copy", "download", "find", "go_on", "live", "places"}  # modules for those who work at a desk, with a line
PAGES_OF = [settings.BASE_DIR / "templates", *settings.LOCALE_PATHS]  # what pages are made of besides


def scripts():
    """The modules of learners' pages, those that other modules import among them."""
    folder = Path(finders.find("js"))
    names = (path.relative_to(folder) for path in sorted(folder.rglob("*.js")))
    return [f"js/{name}" for name in names if name.stem not in DESKS or len(name.parts) > 1]


def shell_files():
    """The addresses of the shell's files."""
    return [static(name) for name in _names()]


@cache
def release():
    """What changes whenever the site does: its files, its templates or its words."""
    seen = sha256("".join(shell_files()).encode())
    for name in _names():
        seen.update(Path(finders.find(name)).read_bytes())
    for folder in PAGES_OF:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".html", ".js", ".mo"):
                seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


def _names():
    return [*STYLES, *scripts(), *FONTS, *DRAWINGS, *PICTURES]
