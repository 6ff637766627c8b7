"""Our files are sent without their comments and needless headers, and are the same files."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from lms.storage import COMMENTS, NEEDLESS, STYLE_COMMENTS, StaticStorage

STATIC = Path(__file__).resolve().parents[1] / "lms" / "static"
JS = STATIC / "js"

WRITTEN = b"""// What it is.

import { a } from './b.js'; // why
  // and this
const url = 'https://x'; // it's kept, as a text may end like this
const other = "a // b";
"""
COLLECTED = b"""
import { a } from './b.js';
const url = 'https://x'; // it's kept, as a text may end like this
const other = "a // b";
"""


def test_a_module_is_collected_without_its_comments(tmp_path):
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    read_before = ContentFile(WRITTEN)
    read_before.read()  # as by whoever makes the hash of it
    storage.save("js/it.js", read_before)
    storage.save("vendor/it.js", ContentFile(WRITTEN))
    assert (tmp_path / "js/it.js").read_bytes() == COLLECTED
    assert (tmp_path / "vendor/it.js").read_bytes() == WRITTEN


def test_a_style_sheet_is_collected_without_its_comments(tmp_path):
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    written = b'/* All. */\na { /* why\n  and how */ b: 1; }   /* 2 */\n.c { content: "!" / ""; }\n'
    storage.save("css/it.css", ContentFile(written))
    assert (tmp_path / "css/it.css").read_bytes() == b'\na { b: 1; }\n.c { content: "!" / ""; }\n'


@pytest.mark.parametrize("path", sorted(STATIC.rglob("css/*.css")), ids=lambda path: path.name)
def test_nothing_within_a_text_of_a_style_sheet_looks_like_a_comment(path):
    for line in STYLE_COMMENTS.sub(b"", path.read_bytes()).splitlines():
        assert line.count(b'"') % 2 == 0, line
        assert b"*/" not in line, line


def test_a_file_that_is_kept_for_ever_comes_under_a_short_head(settings, tmp_path, client):
    for name in ("it.0123456789ab.css", "it.css"):
        (tmp_path / name).write_text("a { b: 1; }")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\."
    kept, other = client.get("/static/it.0123456789ab.css"), client.get("/static/it.css")
    assert set(kept.headers) == {"Cache-Control", "Content-Length", "Content-Type", "X-Content-Type-Options"}
    assert "immutable" in kept["Cache-Control"]
    assert set(NEEDLESS) <= set(other.headers)
    assert "Access-Control-Allow-Origin" not in other


@pytest.mark.parametrize("path", sorted(JS.rglob("*.js")), ids=lambda path: str(path.relative_to(JS)))
def test_nothing_within_a_text_of_several_lines_looks_like_a_comment(path):
    written = path.read_bytes()
    for comment in COMMENTS.finditer(written):
        before = COMMENTS.sub(b"", written[: comment.start()])
        assert before.count(b"`") % 2 == 0, comment
