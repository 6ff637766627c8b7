"""Wagtail's editor as authors find it: few menus and buttons, blocks that show what they are, nothing lost by it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from django.utils.translation import gettext

from courses.models import LessonPage
from lms.accounts.models import User
from tests.test_translations import thai

BLOCKS = LessonPage.body.field.stream_block.child_blocks


@pytest.fixture
def admin(db):
    return User.objects.create_superuser("admin", "password-of-admin", name="ผู้ดูแลระบบ")


def open_page(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def menu_of(page):
    """The words of the menu, which is drawn in the browser from data."""
    modules = json.loads(page.find(id="wagtail-sidebar-props").string)["modules"]
    found = []

    def look(part):
        if isinstance(part, dict):
            if part.get("_type") == "wagtail.sidebar.LinkMenuItem":
                found.append(part["_args"][0]["label"])
            for each in part.values():
                look(each)
        elif isinstance(part, list):
            for each in part:
                look(each)

    look(modules[1:])
    return found


@pytest.fixture
def editor(client, silk, nok):
    return open_page(client, nok, f"/studio/pages/{silk.pk}/edit/")


def test_the_menu_has_what_an_author_uses_and_nothing_of_wagtails(editor):
    with translation.override("th"):
        wagtails = {
            gettext(word) for word in ("Pages", "Images", "Documents", "Reports", "Settings", "Help", "Snippets")
        }
    menu = set(menu_of(editor))
    assert {"บทเรียนของเรา", "เขียนบทใหม่", "รอตรวจ", "วิธีเขียน"} <= menu
    assert menu & wagtails == set()


def test_an_author_is_offered_no_search_of_the_nations_pages(editor):
    assert "wagtail.sidebar.SearchModule" not in editor.find(id="wagtail-sidebar-props").string


def test_editors_of_the_nation_keep_the_whole_menu(client, silk, admin):
    page = open_page(client, admin, f"/studio/pages/{silk.pk}/edit/")
    assert "wagtail.sidebar.SearchModule" in page.find(id="wagtail-sidebar-props").string


def test_an_author_saves_and_looks_but_does_not_publish(editor, silk):
    form = editor.find(id="page-edit-form")
    assert form.find(attrs={"name": "action-publish"}) is None
    assert form.find("a", href=f"/studio/lessons/{silk.key}/")


def test_there_are_no_tabs_about_addresses_and_times(editor):
    assert {field.get("name") for field in editor.find_all("input")} & {"slug", "seo_title", "go_live_at"} == set()
    assert editor.find(id="tab-label-promote") is None


def test_saving_without_an_address_keeps_the_one_it_has(client, silk, nok):
    client.force_login(nok)
    slug = silk.slug
    sent = {
        "title": "เลี้ยงไหม",
        "minutes": "5",
        "licence": "centres",
        "body-count": "0",
        "readings-TOTAL_FORMS": "0",
        "readings-INITIAL_FORMS": "0",
    }
    assert client.post(f"/studio/pages/{silk.pk}/edit/", sent).status_code == 302
    draft = LessonPage.objects.get(pk=silk.pk).get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("เลี้ยงไหม", slug)


def test_the_notes_beside_the_text_are_ours(editor, silk):
    panel = editor.find(attrs={"data-checks-url": f"/studio/lessons/{silk.key}/checks/"})
    assert "นาที" in panel.text
    assert editor.find(attrs={"data-content-word-count": True}) is None


def test_the_phone_comes_first_beside_the_text(editor):
    sizes = editor.find_all("input", attrs={"name": "preview-size"})
    assert [(size["value"], size["data-device-width"]) for size in sizes] == [("phone", "360"), ("pc", "1280")]
    assert sizes[0].has_attr("checked")


def test_what_one_writes_is_saved_by_itself(editor):
    assert editor.find(attrs={"data-w-autosave-interval-value": "2000"})


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_in_thai_what_a_learner_will_see_and_shows_it(client, nok, name):
    block = BLOCKS[name]
    assert str(block.get_description()) in thai().values()
    assert "คนเรียน" in str(block.get_description())
    assert block.is_previewable
    page = open_page(client, nok, f"/studio/block-preview/?id={block.definition_prefix}")
    assert page.find("link", href=lambda href: "sala" in href)
    assert page.main.text.strip() or page.main.find(["img", "audio"])


def test_no_two_blocks_have_the_same_picture():
    icons = [block.meta.icon for block in BLOCKS.values()]
    assert sorted({icon for icon in icons if icons.count(icon) > 1}) == []
