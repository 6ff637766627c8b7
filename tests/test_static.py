"""Our modules are sent without their comments, and are the same modules."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from lms.storage import COMMENTS, StaticStorage

JS = Path(__file__).resolve().parents[1] / "lms" / "static" / "js"


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


@pytest.mark.parametrize("path", sorted(JS.rglob("*.js")), ids=lambda path: str(path.relative_to(JS)))
def test_nothing_within_a_text_of_several_lines_looks_like_a_comment(path):
    written = path.read_bytes()
    for comment in COMMENTS.finditer(written):
        before = COMMENTS.sub(b"", written[: comment.start()])
        assert before.count(b"`") % 2 == 0, comment
