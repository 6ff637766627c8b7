"""อ่านให้ฟัง in a real browser: recordings that another program made, and voices where a browser has them."""

import json
import re
import time
from pathlib import Path

import pytest

from tests.browser.conftest import PHONE

SOUNDS = Path(__file__).parents[1] / "courses" / "sounds"
LESSON = "/courses/phone-and-internet/know-your-phone/"

# Gives the demo's lesson recordings of its title, its first block and its first activity, in three formats.
RECORD = f"""
import json
from pathlib import Path
from django.core.files import File
from wagtail.documents import get_document_model
from courses.grading import KINDS
from courses.models import LessonPage, Reading
lesson = LessonPage.objects.get(slug="know-your-phone")
asks = next(block.id for block in lesson.body if block.block_type in KINDS)
parts = ["", lesson.body[0].id, asks]
for part, name in zip(parts, ["spoken.ogg", "spoken.mp3", "spoken.m4a"]):
    with open(Path({str(SOUNDS)!r}) / name, "rb") as file:
        sound = get_document_model().objects.create(title=name, file=File(file, name=name))
    lesson.readings.add(Reading(block=part or None, file=sound))
lesson.save_revision().publish()
print(json.dumps(parts))
"""

# What cannot be had on this machine: voices. Each utterance is noted, and said in no time.
VOICES = """
window.said = [];
const voices = VOICES.map(([lang, localService]) => ({ lang, localService, name: `${lang} ${localService}` }));
speechSynthesis.getVoices = () => voices;
speechSynthesis.speak = (words) => {
  window.said.push([words.text, words.voice.name, words.rate]);
  setTimeout(() => words.onend?.(), 20);
};
speechSynthesis.cancel = () => {};
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""

# Which parts were marked, one after the other, and the source of what was heard with each.
WATCH = """
window.marked = [];
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const id = target.dataset.block ?? target.id.replace('activity-', '');
    if (target.hasAttribute('aria-current') && window.marked.at(-1) !== id) window.marked.push(id);
  }
}).observe(document, { subtree: true, attributeFilter: ['aria-current'] });
window.heard = [];
document.addEventListener('ended', (event) => window.heard.push(event.target.currentSrc.split('/').at(-1)), true);
"""


def until(page, expression, seconds=45):
    """Playwright's own waiting evaluates text inside the page, which our content policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression} never came true: {page.evaluate('[window.marked, window.heard]')}"
        page.wait_for_timeout(30)


@pytest.fixture
def listen_to(open_page):
    """Open the lesson in a browser with these voices: listen_to([["th-TH", True]])."""

    def make(voices=(), **options):
        page = open_page(PHONE, **options)
        page.add_init_script(VOICES.replace("VOICES", json.dumps(list(voices))) + WATCH)
        page.goto(LESSON)
        return page

    return make


def loop_second(page, on):
    """So that the second recording is not over before a slow machine has pressed the pause."""
    page.evaluate(f"document.querySelectorAll('article audio')[1].loop = {on}")


def button(page, name):
    return page.get_by_role("button", name=name)


def test_recordings_are_played_in_order_and_the_part_is_marked(live_site, listen_to):
    parts = json.loads(live_site.shell(RECORD))
    bare = listen_to(java_script_enabled=False)
    assert bare.locator("article audio").count() == 3
    assert all(audio.is_visible() for audio in bare.locator("article audio").all())
    assert not bare.locator("[data-listen]").is_visible()

    page = listen_to(reduced_motion="reduce")
    page.locator("article audio").first.wait_for(state="hidden")  # once the script is there
    loop_second(page, "true")
    button(page, "อ่านให้ฟัง").focus()
    page.keyboard.press("Enter")
    until(page, "window.marked.length === 2")
    assert page.evaluate("window.heard") == ["spoken.ogg"]
    button(page, "หยุดพัก").press("Space")
    held = page.evaluate("[...document.querySelectorAll('audio')].every((audio) => audio.paused)")
    assert held
    assert page.locator("[data-listen] p").text_content() == "ช่วงที่\N{NO-BREAK SPACE}2 จาก\N{NO-BREAK SPACE}3"
    button(page, "ช้าลง").click()
    loop_second(page, "false")
    button(page, "อ่านให้ฟัง").click()
    assert page.evaluate("[...document.querySelectorAll('audio')].map((audio) => audio.playbackRate)") == [0.75] * 3
    until(page, "window.heard.length === 3")
    until(page, "!document.querySelector('main [aria-current]')")
    assert page.evaluate("window.heard") == ["spoken.ogg", "spoken.mp3", "spoken.m4a"]
    assert page.evaluate("window.marked") == parts
    assert page.evaluate("window.said") == []


def test_the_part_that_is_read_is_in_sight_and_one_can_go_on_to_the_next(live_site, listen_to):
    parts = json.loads(live_site.shell(RECORD))
    page = listen_to(reduced_motion="reduce")
    button(page, "อ่านให้ฟัง").click()
    for part in parts[1:]:
        button(page, "ช่วงถัดไป").click()
        marked = page.locator("main [aria-current=true]")
        assert (marked.get_attribute("data-block") or marked.get_attribute("id")).removeprefix("activity-") == part
        box = marked.bounding_box()
        assert 0 <= box["y"] < PHONE["height"] - 150
    assert button(page, "ช่วงถัดไป").is_disabled()
    box = page.locator("[data-listen]").bounding_box()
    assert box["y"] >= 0, "the bar stays in sight"


def test_what_has_no_recording_is_spoken_by_a_thai_voice_that_lives_in_the_machine(live_site, listen_to):
    parts = json.loads(live_site.shell(RECORD))
    page = listen_to([["en-US", True], ["th-TH", False], ["th_TH", True]])
    button(page, "อ่านให้ฟัง").click()
    until(page, "!document.querySelector('main [aria-current]') && window.heard.length === 3")
    said, marked = page.evaluate("window.said"), page.evaluate("window.marked")
    every = page.evaluate("[...document.querySelectorAll('main :is([data-block], [data-activity])')].length")
    assert len(marked) == every > len(parts)
    assert {voice for _text, voice, _rate in said} == {"th_TH true"}
    texts = " ".join(text for text, _voice, _rate in said)
    heading = page.locator("article h2").nth(1).inner_text()
    assert re.sub(r"\s", "", heading) in re.sub(r"\s", "", texts)
    assert page.locator("h1").inner_text() not in texts, "it has a recording"
    assert "ตอบ" not in {text for text, _voice, _rate in said}, "buttons are not read"


@pytest.mark.parametrize("voices", [[], [["en-US", True], ["zh-TH", True], ["thx", True]]], ids=["none", "others"])
def test_where_there_is_neither_the_button_is_not_there(listen_to, voices):
    page = listen_to(voices)
    page.wait_for_load_state("networkidle")
    assert not page.locator("[data-listen]").is_visible()


def test_a_recording_that_does_not_come_is_passed_over(live_site, listen_to):
    parts = json.loads(live_site.shell(RECORD))
    page = listen_to(service_workers="block")  # what a worker fetches passes by what a test puts in the way
    page.route("**/spoken.mp3", lambda route: route.abort())
    button(page, "อ่านให้ฟัง").click()
    until(page, "!document.querySelector('main [aria-current]')")
    assert page.evaluate("window.heard") == ["spoken.ogg", "spoken.m4a"]
    assert page.evaluate("window.marked") == parts
