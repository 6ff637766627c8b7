"""An officer's way in and to one person's record, on a phone: what is asked, and that everybody can use the pages."""

from tests.browser.test_accessibility import check

GO = ".bar .go"


def press(page, button=GO):
    with page.expect_navigation():
        page.click(button)


def password(page, username):
    page.goto("/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", f"sala-demo-{username}")
    press(page)


def test_an_officer_gives_a_code_and_a_reason(open_page):
    page = open_page()
    password(page, "wipha")
    found = check(page, "the code")
    page.fill("[name=code]", "000000")
    press(page)
    found += check(page, "a code that does not fit")
    page.fill("[name=code]", page.inner_text("[data-demo-code]"))
    press(page)
    assert page.url.endswith("/ministry/")
    page.goto("/ministry/people/")
    press(page)
    found += check(page, "a record without a reason")
    page.fill("[name=centre]", "DEMO-32-01")
    page.fill("[name=name]", "ป้าสมศรี")
    page.check("[value=why-figures]")
    page.fill("[name=words]", "ตัวเลขบทเรียนไม่ตรงกับสมุด")
    press(page)
    assert "ป้าสมศรี" in page.inner_text("h1")
    found += check(page, "an open record")
    press(page)
    assert page.url.endswith("/ministry/people/")
    assert found == []


def test_setting_up_a_phone_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    password(page, "nok")
    page.goto("/second-factor/set-up/?next=/desk/")
    page.fill("[name=code]", page.inner_text("[data-demo-code]"))
    press(page)
    assert page.locator("ol.rows li").count() == 10
    press(page)
    assert page.url.endswith("/desk/")
    page.goto("/second-factor/manage/")
    page.fill("[name=code]", page.inner_text("[data-demo-code]"))
    press(page, "[value=codes]")
    assert page.locator("ol.rows li").count() == 10
