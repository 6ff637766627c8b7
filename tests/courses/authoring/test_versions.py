"""Versions can be compared and brought back."""

from types import SimpleNamespace

import pytest
from django.test import Client

from courses.authoring.review.comparing import compare
from courses.authoring.review.wording import changed_words
from courses.models import LessonPage
from tests.courses.authoring.conftest import CHOOSE, SAYS, body_of_silk


@pytest.fixture
def browser_of():
    def make(person):
        browser = Client()
        browser.force_login(person)
        return browser

    return make


def page_of(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


def test_an_old_version_is_compared_and_brought_back_as_a_new_draft(browser_of, published_silk, nok, edit):
    first = published_silk.latest_revision
    edit(published_silk, nok, {SAYS: "ป้าสมศรีเลี้ยงไหมมาห้าสิบปี", CHOOSE: None}, title="อีกชื่อ")
    browser, address = browser_of(nok), f"/studio/lessons/{published_silk.key}/versions/"
    listed = browser.get(address).content.decode()
    assert "ดูความต่าง" in listed
    assert " 256" in listed.replace("\N{NO-BREAK SPACE}", " ")  # a Buddhist year
    newest = page_of(published_silk).latest_revision
    shown = browser.get(f"{address}{newest.pk}/").content.decode()
    assert '<del><span class="unseen">' in shown
    assert "อีกชื่อ" in shown

    assert browser.post(f"{address}{first.pk}/back/").status_code == 302
    page = page_of(published_silk)
    assert page.latest_revision.user == nok
    assert page.revisions.count() == 3
    draft = page.get_latest_revision_as_object()
    assert draft.title == "เลี้ยงไหมบ้านเรา"
    assert [str(block.id) for block in draft.body] == [block["id"] for block in body_of_silk()]
    assert (page.live, draft.key) == (True, page.key)


def test_others_find_no_versions_and_no_lesson_has_anothers(browser_of, published_silk, nok, kham, ek, somsri):
    from courses.authoring.drafts import local_course, make_draft

    theirs = make_draft(local_course(kham.memberships.get().centre, kham), kham, title="ผ้าน่าน")
    address = f"/studio/lessons/{published_silk.key}/versions/"
    assert browser_of(kham).get(address).status_code == 404
    assert browser_of(kham).post(f"{address}{published_silk.latest_revision_id}/back/").status_code == 404
    assert browser_of(ek).get(address).status_code == 200
    assert browser_of(nok).get(f"{address}{theirs.latest_revision_id}/").status_code == 404
    assert browser_of(nok).get(f"{address}{'9' * 30}/").status_code == 404


def test_a_half_written_version_is_shown_too(browser_of, silk, nok, edit):
    body = body_of_silk()
    body[3]["value"]["answer"] = None
    body += [{"type": kind, "id": None, "value": value} for kind, value in HALF]
    edit(silk, nok, body=[block | {"id": block["id"] or f"{SAYS[:-2]}{n}"} for n, block in enumerate(body, start=10)])
    newest = page_of(silk).latest_revision_id
    assert browser_of(nok).get(f"/studio/lessons/{silk.key}/versions/{newest}/").status_code == 200
    assert browser_of(nok).get(f"/studio/lessons/{silk.key}/review/").status_code == 200


HALF = [
    ("picture", {"image": None, "alt": "", "caption": ""}),
    ("audio", {"file": None, "transcript": ""}),
    ("steps", []),
    ("table", {"caption": "", "head": ["ก"], "rows": [["1"], ["2"]]}),
    ("matching", {"question": "", "pairs": [], "explanation": ""}),
]


def parts_of(*texts):
    """A page of texts; each has the id that its first letter says."""
    blocks = [SimpleNamespace(id=text[0], value=text, block_type="text") for text in texts]
    return SimpleNamespace(body=blocks, readings=SimpleNamespace(all=list), _meta=None)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("a b c", "a b c", "same same same"),
        ("a b c", "a c", "same removed same"),
        ("a b", "a x b", "same new same"),
        ("a b c", "a bb c", "same changed same"),
        ("a b c", "b c a", "same same moved"),
        ("a", "b", "removed new"),
        ("a b c d", "d aa x", "moved changed new removed removed"),
    ],
)
def test_parts_are_told_apart_by_what_became_of_them(old, new, kinds, monkeypatch):
    monkeypatch.setattr("courses.authoring.review.comparing._fields", lambda old, new: [])
    parts = compare(parts_of(*old.split()), parts_of(*new.split())).parts
    assert sorted(part.kind for part in parts) == sorted(kinds.split())


def test_thai_without_spaces_shows_the_words_that_changed():
    row = changed_words("เลี้ยงไหมมาสี่สิบปี", "เลี้ยงไหมมาห้าสิบปี")
    assert row == [("same", "เลี้ยงไหมมา"), ("gone", "สี่"), ("new", "ห้า"), ("same", "สิบปี")]
