"""Making a token and copying it; fetching a list with its progress, stopping it, and without JavaScript."""

import csv
import io

from openpyxl import load_workbook

from tests.browser.conftest import PC

EXCEL = "a[data-download][href*=xlsx]"


def test_a_new_token_is_copied_by_one_button_and_gone_afterwards(open_page, sign_in_staff, live_site):
    page = open_page(PC)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in_staff(page, "nok")
    page.goto("/desk/tokens/")
    page.fill("input[name=name]", "ระบบของอำเภอ")
    page.click("section[aria-labelledby=make] button")
    text = page.inner_text("#text")
    page.click("[data-copy]")
    page.wait_for_selector("[data-copy] span:text('คัดลอกแล้ว')")
    assert page.evaluate("navigator.clipboard.readText()") == text
    answer = page.request.get("/api/v1/learners/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status == 200 and answer.json()["results"]
    page.click(".card a.btn:has-text('เก็บไว้แล้ว')")
    assert text not in page.content() and "ใช้ล่าสุด" in page.inner_text("main")


def test_a_list_is_fetched_and_saved(open_page, sign_in_staff):
    page = open_page()
    sign_in_staff(page, "nok")
    page.goto("/desk/learners/")
    for link, columns in ((EXCEL, 8), ("a[data-download][href*=csv]", 9)):
        with page.expect_download() as download:
            page.click(link)
        path = download.value.path()
        if link == EXCEL:
            header = [cell.value for cell in load_workbook(io.BytesIO(path.read_bytes())).worksheets[0][1]]
        else:
            header = next(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
        assert len(header) >= columns and "family_name" in header
        page.wait_for_selector("[role=status]:has-text('เก็บลงเครื่องนี้แล้ว')")
        assert page.is_visible(link)


def test_a_list_that_takes_long_can_be_stopped(open_page, sign_in_staff):
    page = open_page()
    sign_in_staff(page, "nok")
    page.goto("/desk/learners/")
    page.route("**/api/v1/progress/*", lambda route: None)  # a line on which nothing comes
    page.click(EXCEL)
    assert page.is_visible("progress") and not page.is_visible(EXCEL)
    assert page.evaluate("document.activeElement.textContent") == "หยุด"
    page.click("button:has-text('หยุด')")
    page.wait_for_selector("[role=status]:has-text('หยุดแล้ว')")
    assert page.is_visible(EXCEL) and not page.query_selector("progress")


def test_a_list_that_does_not_come_says_what_to_do(open_page, sign_in_staff):
    page = open_page()
    sign_in_staff(page, "nok")
    page.goto("/desk/learners/")
    page.route("**/api/v1/progress/*", lambda route: route.fulfill(status=429, headers={"Retry-After": "15"}))
    page.click(EXCEL)
    page.wait_for_selector("[role=status]:has-text('รอ 15 วินาที')")
    page.route("**/api/v1/progress/*", lambda route: route.abort())
    page.click(EXCEL)
    page.wait_for_selector("[role=status]:has-text('ลองใหม่')")


def test_without_javascript_the_link_downloads_by_itself(open_page, sign_in_staff):
    page = open_page(java_script_enabled=False)
    sign_in_staff(page, "nok")
    page.goto("/desk/learners/")
    with page.expect_download() as download:
        page.click(EXCEL)
    assert download.value.suggested_filename == "progress.xlsx"
