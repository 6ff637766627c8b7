"""An author brings slides of their own: the page goes on by itself to its report, which leads to the draft."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import check

SLIDES = Path(__file__).parents[2] / "courses" / "authoring" / "importing" / "samples" / "chickens.pptx"
IMPORT = re.compile(r"/studio/import/[0-9a-f-]{36}/$")
BROKEN = "ไฟล์นี้เสียหรือมาไม่ครบ"


@pytest.fixture
def author(open_page, sign_in_staff):
    page = open_page(PHONE)
    sign_in_staff(page, "nok")
    page.goto("/studio/import/")
    return page


def test_slides_become_a_draft_and_the_page_goes_on_to_its_report(author):
    loads = []
    author.on("load", lambda page: loads.append(page.url))
    send(author, "chickens.pptx", SLIDES.read_bytes())
    author.wait_for_url(IMPORT)
    bar = author.locator("progress#progress")
    assert bar.count() or author.locator("[data-finished]").count()
    report = author.locator("#state [data-finished]")
    report.wait_for(timeout=90_000)
    assert loads.count(author.url) == 1, "it was loaded once, and no more"
    assert not bar.count()
    told = report.inner_text()
    assert "ได้ฉบับร่าง 1 บท" in told
    for words in ("เลี้ยงไก่ไข่หลังบ้าน", "ขั้นตอน", "ตาราง", "รูป"):
        assert words in told
    assert check(author, "the report of slides") == []
    report.get_by_role("link", name="เลี้ยงไก่ไข่หลังบ้าน").click()
    author.wait_for_url(re.compile("/edit/$"))
    assert author.input_value("[name=title]") == "เลี้ยงไก่ไข่หลังบ้าน"


def test_a_broken_file_is_told_to_be_broken_in_thai(author):
    send(author, "x.pptx", b"PK\x03\x04nonsense")
    author.wait_for_url(IMPORT)
    problem = author.locator("#state [role=alert][data-finished]", has_text=BROKEN)
    problem.wait_for(timeout=90_000)
    assert check(author, "a broken file") == []


def send(page, name, data):
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    page.set_input_files("[name=file]", {"name": name, "mimeType": kind, "buffer": data})
    page.click("main form button[type=submit].button:not(.w-dropdown *)")
