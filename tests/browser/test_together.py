"""A whole session of a group: by code, by card and by phone, late and early, all and one by one, and the line cut."""

import json
import re

from tests.browser.conftest import PC, PHONE
from tests.browser.lines import wait_until_sent, waiting
from tests.browser.test_accessibility import check

CAST = """
import json
from courses.models import LessonPage
from lms.accounts.models import User
from lms.centres.cards import card_of
from lms.centres.models import Centre
from lms.centres.signing_in import set_code
centre = Centre.objects.cared_for_by(User.objects.get(username="nok")).first()
found = {}
for name in ("ลุงบัตรเดียว", "ป้ามือถือ"):
    person = User.objects.create_user(name=name, age_band="60+")
    centre.welcome(person)
    set_code(person, "pictures", "fish-lotus-mango")
    found[name] = str(person.pk)
card = User.objects.get(pk=found["ลุงบัตรเดียว"])
lesson = LessonPage.objects.live().get(slug="know-your-phone")
print(json.dumps({"ids": found, "card": card_of(card), "lesson": str(lesson.key)}))
"""
EVENTS = """
import json
from courses.models import LearningEvent
rows = LearningEvent.objects.exclude(session=None).order_by("occurred_at", "learner__name")
fields = ["learner__name", "verb", "activity", "correct", "recorder__name"]
print(json.dumps([list(map(str, row)) for row in rows.values_list(*fields)]))
"""
GROUP = re.compile(r"/together/[0-9a-f-]{36}/$")


def look(page, name, found):
    found += check(page, name)


def tap(page):
    for picture in ("fish", "lotus", "mango"):
        page.click(f"button[value={picture}]")


def events(site):
    return json.loads(site.shell(EVENTS))


def answered(site):
    return [name for name, verb, *_rest in events(site) if verb == "answered"]


def on_to_a_question(screen):
    """Turn over until something is asked that can be answered by touching a choice."""
    for _step in range(20):
        screen.click("form[data-go='1'] button")
        if screen.locator("[data-stage] input[type=radio]").count():
            return
    raise AssertionError("no question")


def test_three_learn_round_one_screen(open_page, live_site, people, sign_in_learner):
    found, cast = [], json.loads(live_site.shell(CAST))
    screen, phone = open_page(PC), open_page(PHONE)
    sign_in_learner(screen, people)
    screen.goto("/courses/phone-and-internet/know-your-phone/")
    screen.click("text=เรียนเป็นกลุ่ม")
    screen.wait_for_url(re.compile(r"/together/new/"))
    look(screen, "begin", found)
    screen.click(".bar .go")
    screen.wait_for_url(re.compile(r"/people/$"))
    look(screen, "who is here", found)
    screen.fill("input[name=q]", f"{live_site.url}/card/{cast['card']}/")  # as a scanner types it
    screen.keyboard.press("Enter")
    screen.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}/$"))
    look(screen, "code", found)
    tap(screen)
    screen.wait_for_url(re.compile(r"/people/$"))
    assert "ลุงบัตรเดียว" in screen.inner_text("#here")
    a_phone_joins(screen, phone, people, cast, live_site, found)
    screen.click(".bar .go")
    screen.wait_for_url(GROUP)
    look(screen, "screen opening", found)
    on_to_a_question(screen)
    look(screen, "screen question", found)
    screen.set_viewport_size({"width": 1920, "height": 1080})
    look(screen, "screen question large", found)
    screen.set_viewport_size(PC)
    screen.locator("[data-stage] .choice").first.click()
    screen.click("[data-who] button")
    screen.wait_for_selector("[data-stage] .note")
    look(screen, "screen answered", found)
    assert sorted(answered(live_site)) == ["ป้ามือถือ", "ป้าสมศรี", "ลุงบัตรเดียว"]
    the_line_is_cut(screen, live_site, found)
    one_by_one(screen, live_site, found)
    the_end(screen, live_site, found)
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    assert found == []


def a_phone_joins(screen, phone, people, cast, site, found):
    phone.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": site.url}])
    number = screen.inner_text(".digits").replace(" ", "")
    # A machine of its own in this test: a shared one would sign the other out.
    device = site.shell(
        "from lms.centres.models import Device; from lms.accounts.models import User\n"
        f"who = User.objects.get(pk='{cast['ids']['ป้ามือถือ']}')\n"
        "print(Device.objects.create(centre=who.home.centre, name='มือถือ', owner=who).cookie)"
    ).strip()
    phone.context.add_cookies([{"name": "sala_device", "value": device, "url": site.url}])
    phone.goto(f"/who/{cast['ids']['ป้ามือถือ']}/")
    tap(phone)
    phone.wait_for_url(f"{site.url}/")
    phone.click("text=เข้ากลุ่มเรียน")
    phone.wait_for_url(re.compile(r"/join/$"))
    look(phone, "phone number", found)
    phone.fill("input[name=number]", number)
    phone.click(".bar .go")
    phone.wait_for_url(re.compile(r"/join/\?number="))
    look(phone, "phone found", found)
    phone.click(".bar .go")
    phone.wait_for_url(re.compile(r"/joined/$"))
    look(phone, "phone joined", found)
    screen.wait_for_selector("#here >> text=ป้ามือถือ")  # by itself


def the_line_is_cut(screen, site, found):
    """Somebody goes, and what is answered waits sealed; with the line it arrives once, for who was there."""
    before = len(answered(site))
    screen.wait_for_timeout(1500)
    screen.context.set_offline(True)
    on_to_a_question(screen)
    screen.click("[data-cut] >> text=ป้ามือถือ")
    screen.locator("[data-stage] .choice").first.click()
    screen.click("[data-who] button")
    screen.wait_for_selector("[data-stage] .note[data-outcome]", timeout=60_000)
    look(screen, "screen without a line", found)
    assert "ทั้ง 2 คน" in screen.inner_text("[data-who]")
    kept = waiting(screen)
    assert len(kept) == 3  # two answers, and that somebody went
    assert "ลุงบัตรเดียว" not in json.dumps(kept, ensure_ascii=False)
    screen.context.set_offline(False)
    wait_until_sent(screen)
    assert answered(site)[before:] == ["ป้าสมศรี", "ลุงบัตรเดียว"]


def one_by_one(screen, site, found):
    before = len(answered(site))
    screen.click("text=ใครมา ใครไป")
    screen.wait_for_url(re.compile(r"/people/$"))
    assert "ป้ามือถือ" not in screen.inner_text("#here")
    screen.click("button[name=mode][value=one_by_one]")
    screen.wait_for_selector("button[value=one_by_one][aria-pressed=true]")
    look(screen, "who is here later", found)
    screen.click(".bar .go")
    screen.wait_for_url(GROUP)
    on_to_a_question(screen)
    screen.locator("[data-stage] .choice").first.click()
    look(screen, "screen one by one", found)
    screen.click("[data-who] >> text=ลุงบัตรเดียว")
    screen.wait_for_selector("[data-stage] .note")
    assert answered(site)[before:] == ["ลุงบัตรเดียว"]


def the_end(screen, site, found):
    while screen.locator(".bar form[data-go='1'] button").is_visible():
        screen.click("form[data-go='1'] button")
    look(screen, "screen the end", found)
    screen.click(".bar form[data-end] button")
    screen.wait_for_selector(".shares")
    look(screen, "over", found)
    finished = [name for name, verb, *_rest in events(site) if verb == "finished"]
    assert sorted(finished) == ["ป้าสมศรี", "ลุงบัตรเดียว"]
