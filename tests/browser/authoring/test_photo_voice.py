"""A caretaker adds a photo, their voice and a film to a lesson, on a phone and on a PC."""

import json
import re
import subprocess

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import PC, PHONE
from tests.browser.keeping import until
from tests.browser.test_accessibility import check
from tests.chromium import launch
from tests.photos import photo

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
ARRIVED = 60_000  # milliseconds, on a machine that does much else

NEW_LESSON = """
import uuid
from courses.authoring.drafts import local_course, make_draft
from lms.accounts.models import User
from lms.centres.models import Centre
nok = User.objects.get(username="nok")
body = [{"type": "text", "id": str(uuid.uuid4()), "value": words} for words in ("ป้าแดงทำกล้วยตากขาย", "ตากแดดเดียว")]
print(make_draft(local_course(Centre.objects.cared_for_by(nok).first(), nok), nok, title="กล้วยตากป้าแดง", body=body).key)
"""
DRAFT = """
import io, json
from PIL import Image
from courses.models import LessonPage
draft = LessonPage.objects.get(key="{key}").get_latest_revision_as_object()
pictures = [block.value["image"] for block in draft.body if block.block_type == "picture"]
def told(image):
    with image.file.open() as file:
        content = file.read()
    with Image.open(io.BytesIO(content)) as opened:
        return {{"size": opened.size, "exif": dict(opened.getexif()), "secret": b"SECRET-PHONE" in content}}
print(json.dumps({{
    "blocks": [block.block_type for block in draft.body],
    "pictures": [told(image) for image in pictures],
    "readings": [[str(each.block), each.file.filename, each.file.file_size] for each in draft.readings.all()],
}}))
"""


@pytest.fixture(scope="module")
def chromium():
    """With a microphone that beeps, and that everybody allows."""
    with sync_playwright() as playwright:
        browser = launch(playwright, *MICROPHONE)
        yield browser
        browser.close()


@pytest.fixture
def lesson(live_site):
    return live_site.shell(NEW_LESSON).strip()


@pytest.fixture
def draft(live_site, lesson):
    return lambda: json.loads(live_site.shell(DRAFT.format(key=lesson)))


def choose_photo(page, field="taken"):
    file = {"name": "IMG_20261129.jpg", "mimeType": "image/jpeg", "buffer": photo((3000, 2000))}
    page.set_input_files(f"#photo input[name={field}]", file)
    page.fill("#photo input[name=alt]", "ป้าแดงพลิกกล้วยบนกระด้ง")


def plays(page, audio):
    """Whether a sound can really be heard: its clock runs."""
    return page.locator(audio).first.evaluate(
        """async (sound) => {
          await sound.play();
          for (let turn = 0; turn < 100 && sound.currentTime < 0.3; turn++) {
            await new Promise((go) => setTimeout(go, 50));
          }
          sound.pause();
          return sound.currentTime >= 0.3;
        }"""
    )


def record(page, form, button, seconds=2):
    page.click(f"{form} [data-{button}]")
    expect(page.locator(f"{form} [data-time]")).to_have_text(re.compile(f"0:0[{seconds}-9]"), timeout=ARRIVED)
    until(page, "form => document.querySelector(`${form} [data-level]`).value > 0.02", form)
    page.click(f"{form} [data-stop]")
    page.wait_for_selector(f"{form} [data-taken]", state="visible")


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_a_photo_is_shown_made_small_and_sent_without_its_place(open_page, sign_in_staff, lesson, draft, size):
    page = open_page(size)
    sign_in_staff(page, "nok")
    page.goto(f"/studio/media/{lesson}/")
    assert check(page, "what a phone can add") == []
    choose_photo(page)
    page.wait_for_selector("#photo img.shown-photo")
    until(page, "document.querySelector('#photo input[name=taken]').files[0].name === 'photo.jpg'")
    page.click("#photo button")
    page.wait_for_selector(".banner .success", timeout=ARRIVED)
    found = draft()
    assert found["blocks"] == ["text", "text", "picture"]
    assert found["pictures"] == [{"size": [1067, 1600], "exif": {}, "secret": False}]


def test_without_scripts_the_server_does_it_all(open_page, sign_in_staff, lesson, draft):
    page = open_page(PHONE, java_script_enabled=False)
    sign_in_staff(page, "nok")
    page.goto(f"/studio/media/{lesson}/")
    choose_photo(page, "file")
    page.click("#photo button")
    page.wait_for_selector(".banner .success", timeout=ARRIVED)
    assert draft()["pictures"] == [{"size": [1067, 1600], "exif": {}, "secret": False}]


def test_a_cut_line_loses_no_photo_and_sends_none_twice(open_page, sign_in_staff, lesson, draft):
    page = open_page(PHONE)
    sign_in_staff(page, "nok")
    page.goto(f"/studio/media/{lesson}/")
    choose_photo(page)
    page.context.set_offline(True)
    page.click("#photo button")
    page.wait_for_selector("#photo [data-again]")
    assert "เน็ตหลุด" in page.inner_text("#photo [data-line]")
    page.context.set_offline(False)
    page.wait_for_selector(".banner .success", timeout=ARRIVED)
    assert draft()["blocks"] == ["text", "text", "picture"]


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_a_voice_is_recorded_heard_recorded_again_and_kept(open_page, sign_in_staff, lesson, draft, size):
    page = open_page(size)
    sign_in_staff(page, "nok")
    page.goto(f"/studio/voice/{lesson}/")
    part = page.locator("li.card").nth(1)
    form = "#" + part.locator("form[data-recorder]").get_attribute("id")
    form = f"[id='{form[1:]}']"
    part.locator("summary").click()
    assert page.locator(f"{form} button:not([type=button])").is_hidden(), "there is nothing to keep yet"
    assert check(page, "a part to be read") == []
    record(page, form, "record")
    assert plays(page, f"{form} [data-listen-again]")
    record(page, form, "redo")
    assert plays(page, f"{form} [data-listen-again]")
    assert check(page, "a part that was read") == []
    page.click(f"{form} button:not([type=button])")
    page.wait_for_selector("audio[data-kept]", timeout=ARRIVED)
    assert plays(page, "audio[data-kept]")
    ((_block, name, bytes_kept),) = draft()["readings"]
    assert name.endswith(".m4a") and 2_000 < bytes_kept < 60_000


def test_a_recording_from_the_phones_own_recorder_will_do(open_page, sign_in_staff, lesson, draft, tmp_path):
    page = open_page(PHONE, java_script_enabled=False)
    sign_in_staff(page, "nok")
    page.goto(f"/studio/voice/{lesson}/")
    tone = ["-f", "lavfi", "-i", "sine=frequency=300:duration=2", tmp_path / "voice.m4a"]
    subprocess.run(["ffmpeg", "-loglevel", "error", *tone], check=True)
    page.locator("li.card input[type=file]").first.set_input_files(tmp_path / "voice.m4a")
    page.locator("li.card form[data-send] button").first.click()
    page.wait_for_selector("audio[data-kept]", timeout=ARRIVED)
    assert [block for block, _name, _size in draft()["readings"]] == ["None"]


def test_a_film_is_made_ready_behind_the_page_and_a_large_one_is_not_even_sent(
    open_page, sign_in_staff, lesson, draft, tmp_path
):
    page = open_page(PHONE)
    sign_in_staff(page, "nok")
    page.goto(f"/studio/media/{lesson}/")
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(31 * 1024 * 1024)
    page.set_input_files("#film input[type=file]", large)
    assert "ใหญ่กว่า 30 MB" in page.inner_text("#film .fix")
    picture = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=15:duration=2", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-loglevel", "error", *picture, tmp_path / "film.mp4"], check=True)
    page.set_input_files("#film input[type=file]", tmp_path / "film.mp4")
    page.fill("#film textarea", "ป้าแดงพลิกกล้วย")
    page.click("#film button")
    page.wait_for_selector(".banner .success", timeout=ARRIVED)
    expect(page.locator("section[aria-labelledby=film-title]")).to_contain_text("วิดีโออยู่ในร่างแล้ว", timeout=180_000)
    assert draft()["blocks"] == ["text", "text", "video"]
