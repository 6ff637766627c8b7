"""The studio speaks Thai: every page that an author meets is drawn, and no English word is left in it.

Two nets: what the pages show, and what they asked a translation for and got back as it was (menus and blocks are drawn
in the browser from data).
"""

import json
import re
from html import unescape

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.models import CentreFiles
from courses.authoring.drafts import local_course, make_draft
from tests.courses.authoring.conftest import body_of_silk
from tests.courses.authoring.thai_pages import LOCKED, PAGES
from tests.photos import photo
from tests.test_translations import MISSING_GLYPHS, ROOT, placeholders

# What is no word, or is the same word in Thailand: kinds of files, licences, sizes, the name of a language in itself,
# and what these tests' own people, files and places are called.
ALLOWED = {
    *("GIF", "JPG", "JPEG", "PNG", "WEBP", "WebP", "AVIF", "HEIC", "SVG", "PDF", "MP3", "MP4", "WebVTT", "CC", "BY"),
    *("NC", "ND", "KB", "MB", "bytes", "LINE", "SMS", "Wi", "Fi", "PC", "CSV", "XLSX", "English", "TH", "nok", "test"),
    *("jpg", "png", "pdf", "gif", "webp", "URL", "ID", "px", "Bangkok", "Asia", "GMT", "UTC"),
}
NAMES_OF_CODE = {"%(block_type)s"}  # a Thai reader can do without them
SAME_IN_THAI = {"%(truncated_text)s…", "%s KB", "%s MB"}
TAG = re.compile(r"</?[a-z]+")
WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN = ("aria-label", "title", "placeholder", "alt", "aria-description", "label")
HIDDEN = ["script", "style", "noscript", "svg"]


@pytest.fixture
def asked(monkeypatch):
    """What was asked for in Thai, and is not translated."""
    found = set()
    known = translation._trans

    def listening(name, takes_context=False):
        ask = getattr(known, name)

        def answer(*words):
            said = ask(*words)
            message = words[1] if takes_context else words[0]
            if translation.get_language() == "th" and said in words and WORD.search(message):
                found.add(message)
            return said

        monkeypatch.setattr(known, name, answer)

    for name in ("gettext", "ngettext"):
        listening(name)
    for name in ("pgettext", "npgettext"):
        listening(name, takes_context=True)
    return found


@pytest.fixture
def things(shelf, ban_nong_bua, nok, ek, edit, settings, tmp_path):
    """What the addresses name: a lesson with two versions, one that learners have, a picture and a document."""
    settings.MEDIA_ROOT = tmp_path
    course = local_course(ban_nong_bua, nok)
    lesson = make_draft(course, nok, title="เลี้ยงไหม", body=body_of_silk())
    first = lesson.latest_revision_id
    edit(lesson, nok, title="เลี้ยงไหมบ้านเรา")
    published = make_draft(course, nok, title="ทอผ้า", body=body_of_silk()[:1])
    published.get_latest_revision().publish(user=ek, skip_permission_checks=True)
    own = {"collection": CentreFiles.objects.collection_of(ban_nong_bua), "uploaded_by_user": nok}
    image = get_image_model().objects.create(title="ไหม", file=ContentFile(photo((40, 30)), "a.jpg"), **own)
    document = get_document_model().objects.create(title="ใบ", file=ContentFile(b"%PDF-1.4", "a.pdf"), **own)
    return {"course": course, "lesson": lesson, "first": first, "published": published, "image": image} | {
        "document": document
    }


def words_shown(page):
    """The texts of a page, and what is told of its parts to those who do not see them."""
    tree = BeautifulSoup(page, "html.parser")
    for part in [*tree(HIDDEN), *tree.select("[data-side-panel-toggle-counter]")]:  # a count that is never shown here
        part.decompose()
    return [*tree.stripped_strings, *(part[name] for part in tree(True) for name in SHOWN if part.get(name))]


def english_in(page):
    return sorted({word for text in words_shown(page) for word in WORD.findall(text)} - ALLOWED)


def told(response):
    """A page, or the HTML in the answer to a window that opens over one."""
    if response["Content-Type"].startswith("application/json"):
        return json.loads(response.content)["html"]
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_no_english_word_is_left(client, nok, things, asked, name):
    client.force_login(nok)
    response = client.get(PAGES[name].format(**things), follow=True)
    assert response.status_code == 200
    page = told(response)
    assert asked - SAME_IN_THAI == set()
    assert english_in(page) == []


@pytest.mark.parametrize("name", LOCKED)
def test_no_english_word_is_left_of_a_lesson_that_a_core_member_locked(client, nok, ek, things, asked, name):
    client.force_login(ek)
    assert client.post(f"/studio/pages/{things['lesson'].pk}/lock/").status_code == 302
    client.force_login(nok)
    page = told(client.get(PAGES[name].format(**things)))
    assert english_in(page) == []
    assert asked - SAME_IN_THAI == set()
    assert "ล็อก" in page


def test_what_is_said_when_one_has_changed_ones_account_is_thai(client, nok, things, asked):
    client.force_login(nok)
    page = client.get("/studio/account/")
    sent = {
        field.html_name: field.value() or ""
        for tab in page.context["panels_by_tab"].values()
        for panel in tab
        for field in panel.get_form()
    }
    saved = client.post("/studio/account/", sent, follow=True)
    assert saved.redirect_chain
    assert "บันทึก" in " ".join(str(message) for message in saved.context["messages"])
    assert asked - SAME_IN_THAI == set()
    assert english_in(told(saved)) == []


def test_an_english_word_would_be_found():
    page = '<main><p>ไหม</p><a aria-label="Close it" href="x">ปิด</a><script>var hidden</script></main>'
    assert english_in(page) == ["Close", "it"]


def catalogue(name):
    with (ROOT / "locale/studio/th/LC_MESSAGES" / f"{name}.po").open("rb") as file:
        return read_po(file, locale="th", abort_invalid=True)


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_the_words_fit_where_they_are_put(name):
    """The same placeholders and tags, and only letters that our font has."""
    wrong = []
    for message in catalogue(name):
        english, said = ([words] if isinstance(words, str) else list(words) for words in (message.id, message.string))
        if english == [""]:
            continue
        missing = placeholders(english[-1]) ^ placeholders(said[0])
        fits = missing <= NAMES_OF_CODE and set(TAG.findall(english[-1])) == set(TAG.findall(said[0]))
        if not said[0] or not fits or MISSING_GLYPHS.search(said[0]) or " ๆ" in said[0]:
            wrong.append(english[0])
    assert wrong == []


def test_what_the_editor_says_in_the_browser_is_thai(client, nok):
    """The catalogue that Wagtail's scripts read has a Thai word for each of their English ones."""
    client.force_login(nok)
    said = client.get("/studio/jsi18n/").content.decode()
    from_editor = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue("djangojs")}
    from_editor.discard("")
    assert len(from_editor) > 40
    missing = [words for words in from_editor if json.dumps(words, ensure_ascii=True)[1:-1] not in unescape(said)]
    assert missing == []
