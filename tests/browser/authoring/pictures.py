"""Make the pictures of docs/authoring.md anew: python -m tests.browser.authoring.pictures

They are of the real screens, with the demo's invented people, as wide as a phone and small enough for a slow line.
Chromium's own words, such as that no file was chosen, are Thai where Debian's chromium-l10n and fonts-tlwg-loma are
installed.
"""

import io
import os
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from tests.browser.authoring.writing import Author
from tests.browser.conftest import PHONE
from tests.chromium import launch
from tests.forking import ROOT
from tests.live import LiveSite

FOLDER = ROOT / "docs" / "pictures" / "authoring"
COLOURS = 64
LARGEST = 60_000  # bytes


def keep(page, name, *, whole=False, part=None):
    """One picture, in few colours."""
    taken = page.locator(part).screenshot() if part else page.screenshot(full_page=whole)
    picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = FOLDER / f"{name}.png"
    picture.save(path, optimize=True)
    assert path.stat().st_size <= LARGEST, f"{name}: {path.stat().st_size} bytes"


def bananas():
    """A photo that is nobody's: bananas on a tray, drawn."""
    picture = Image.new("RGB", (800, 600), "#b98d54")
    draw = ImageDraw.Draw(picture)
    for x in range(0, 800, 40):
        draw.line((x, 0, x, 600), fill="#8f6a3a", width=6)
    for row in range(4):
        for column in range(5):
            x, y = 50 + column * 145, 50 + row * 135
            draw.ellipse((x, y, x + 120, y + 70), fill="#d9932b", outline="#7a4a12", width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def sign_in(page):
    page.goto("/sign-in/")
    page.fill("[name=username]", "nok")
    page.fill("[name=password]", "sala-demo-nok")
    page.click(".go")
    page.wait_for_url("**/desk/")


def take(page):
    author = Author(page)
    sign_in(page)
    page.goto("/desk/more/")
    keep(page, "desk")
    page.goto("/studio/")
    keep(page, "home")
    page.goto("/studio/new/")
    keep(page, "patterns")
    author.begin()
    author.answer(bananas())
    page.evaluate("scrollTo(0, 0)")
    keep(page, "questions-of-a-pattern")
    page.locator("[name=photo]").scroll_into_view_if_needed()
    keep(page, "photo")
    author.see()
    page.evaluate("scrollTo(0, 0)")
    keep(page, "lesson")
    page.locator("#checks").scroll_into_view_if_needed()
    keep(page, "checks")
    page.click("main a[href$='/questions/']")
    page.wait_for_url("**/questions/")
    keep(page, "ask")
    page.go_back()
    author.ask()
    page.evaluate("scrollTo(0, 9999)")
    keep(page, "hand-in")
    edit(page)
    page.goto("/studio/")
    keep(page, "lessons")


def edit(page):
    page.click(".bar a[href$='/edit/']")
    page.wait_for_url("**/edit/")
    page.locator("[data-contentpath=body] .c-sf-add-button").first.wait_for(timeout=60_000)
    keep(page, "editor")
    add = page.locator("[data-contentpath=body] .c-sf-add-button").first
    add.evaluate("button => { button.scrollIntoView({ block: 'start' }); scrollBy(0, -180); }")
    add.click()
    page.locator(".w-combobox__option-preview").first.click()
    page.wait_for_timeout(3000)
    keep(page, "blocks")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["LANGUAGE"] = "th"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = LiveSite(Path(folder))
        site.manage("prepare_demo")
        site.manage("collectstatic", "--noinput", "-v", "0")
        site.start()
        try:
            browser = launch(playwright)
            page = browser.new_context(viewport=PHONE, locale="th-TH", base_url=site.url).new_page()
            take(page)
            browser.close()
        finally:
            site.stop()


if __name__ == "__main__":
    main()
