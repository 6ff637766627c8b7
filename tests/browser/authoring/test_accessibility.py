"""axe, sizes and edges of the studio's pages of ours, on a phone and on a PC, also with something to be mended."""

import pytest

from tests.browser.authoring.writing import QUESTIONS_ARE_IN, SAID, Author
from tests.browser.conftest import PC, PHONE
from tests.browser.test_accessibility import check, check_all

PLACES = (
    "reviews",
    "offered",
    "questions",
    "questions/new",
    "questions/bring",
    "import",
    "export-course",
    "import-course",
)


@pytest.fixture(scope="module")
def live_site(prepared_site, tmp_path_factory):
    site = prepared_site.copy_to(tmp_path_factory.mktemp("studio") / "site").start()
    yield site
    site.stop()


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_the_pages_of_an_author(open_page, sign_in_staff, size):
    page = open_page(size)
    sign_in_staff(page, "nok")
    found = check_all(page, ["/studio/", "/studio/?show=waiting", "/studio/new/", "/studio/help/", "/desk/more/"])
    author = Author(page)
    author.begin()
    found += check(page, "a pattern")
    page.fill("[name=title]", "ก" * 200)
    page.click(".bar .go")
    page.locator(".fix").first.wait_for()
    found += check(page, "to be mended")
    author.fill(SAID)
    author.take_photo("กล้วย")
    author.see()
    found += check(page, "the lesson")
    author.press("main a[href$='/questions/']", "**/questions/")
    page.fill("[name=tf-statement]", "กล้วยหวาน")
    page.click(".bar .go")
    page.locator(".fix").first.wait_for()
    found += check(page, "half a question")
    author.mark("tf-answer", "true")
    page.fill("[name=tf-why]", "สุกแล้ว")
    author.press(".bar .go", QUESTIONS_ARE_IN)
    found += check(page, "the lesson with a question") + check_all(page, ["/studio/"])
    found += check_all(page, [f"/studio/{place}/" for place in PLACES])
    assert found == []


@pytest.mark.parametrize("look", [{"theme": "dark"}, {"letters": "larger"}], ids=str)
def test_other_looks(open_page, live_site, sign_in_staff, look):
    page = open_page(PC)
    sign_in_staff(page, "nok")
    page.context.add_cookies([{"name": name, "value": value, "url": live_site.url} for name, value in look.items()])
    assert check_all(page, ["/studio/", "/studio/new/", "/studio/new/warn/", "/studio/help/"]) == []
