"""A caretaker's afternoon: newcomers, a phone, cards, who needs help, a task, a sheet, and a request about data."""

import io
import json
import re

import zxingcpp
from PIL import Image

from tests.browser.answering import activities, course, fill_in
from tests.browser.conftest import PC, PHONE
from tests.browser.test_accessibility import check

TASKS = re.compile(r"/desk/tasks/(\?.*)?$")
FOLDER = "01-phone-and-internet"
PICTURES = ("elephant", "mango", "bicycle")
ELDER, CHILD, GUARDIAN = "ยายจันแรม", "น้องข้าวปั้น", "แม่ของน้องข้าวปั้น"
NOTE, REASON = "ลองโทรหาลูกดูอีกที", "โทรได้แล้ว เห็นกับตา"


def test_a_caretakers_afternoon(open_page, live_site, sign_in_staff):
    desk, phone, found = open_page(PC), open_page(PHONE), []
    sign_in_staff(desk, "nok")
    before = counted(live_site)
    elder = register(desk, ELDER, "60+")
    child = register(desk, CHILD, "0-10", guardian=GUARDIAN)
    assert GUARDIAN in open_learner(desk, child, "consents/")
    link_the_phone(desk, phone, elder, found)
    cards_are_printed(desk)
    about, lessons = course(FOLDER)
    gets_stuck(phone, about, lessons[0])
    does_the_task(phone, about, lessons[0])
    the_desk_says_who_needs_help_and_why(desk)
    the_task_is_checked_and_corrected(desk, found)
    the_learner_reads_what_was_seen(phone, about, lessons[0])
    the_sheet_has_her(desk, about)
    asks_to_be_erased(phone)
    the_request_is_answered(desk, elder, found)
    assert desk.request.get(f"/desk/learners/{elder}/").status == 404
    assert counted(live_site) == {**before, "starters": before["starters"] + 1}
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    assert found == [], "axe, the size of targets, and what runs over"


COUNTS = """
import json
from django.db.models import Sum
from courses.models import CourseCount
print(json.dumps(CourseCount.objects.aggregate(starters=Sum("starters"), finishers=Sum("finishers"))))
"""


def counted(site):
    """What the ministry counts of everything."""
    return json.loads(site.shell(COUNTS))


def register(desk, name, age, guardian=None):
    """The newcomer's id; nothing is asked twice."""
    desk.goto("/desk/")
    desk.click(".bar a.go")
    desk.fill("input[name=name]", name)
    desk.check(f"input[name=age_band][value='{age}']", force=True)
    desk.click(".bar button.go")
    if guardian:
        desk.fill("input[name=name]", guardian)
        desk.locator("input[name=relation]").first.check(force=True)
        desk.check("input[name=how][value=paper]", force=True)
        desk.click(".bar button.go")
    learner = re.search(r"/learners/([0-9a-f-]{36})/code/", desk.url).group(1)
    for picture in PICTURES:
        desk.click(f"button[value={picture}]")
    desk.click("button[name=keep]")
    desk.wait_for_url(re.compile(rf"/desk/learners/{learner}/"))
    return learner


def open_learner(desk, learner, page=""):
    desk.goto(f"/desk/learners/{learner}/{page}")
    return desk.inner_text("main")


def link_the_phone(desk, phone, learner, found):
    """The phone's camera reads what stands on the screen."""
    open_learner(desk, learner)
    desk.click(f"form[action$='/learners/{learner}/phones/'] button")
    found += check(desk, "the QR that links a phone")
    picture = Image.open(io.BytesIO(desk.locator(".qr-card").screenshot()))
    [code] = zxingcpp.read_barcodes(picture)
    phone.goto(code.text)
    found += check(phone, "the phone is asked")
    phone.click(".bar button.go")
    phone.wait_for_url(re.compile(r":\d+/$"))
    assert ELDER in phone.inner_text("main")


def cards_are_printed(desk):
    desk.goto("/desk/cards/")
    form = {field.get_attribute("name"): field.input_value() for field in desk.locator("form#print input").all()}
    answer = desk.request.post("/desk/cards/", form=form | {"part": "0"}, headers={"Referer": desk.url})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def gets_stuck(phone, about, lesson):
    """The same question missed three times."""
    phone.goto(f"/courses/{about['slug']}/{lesson['slug']}/")
    asked = next(asked for kind, asked in activities(lesson) if kind == "single_choice")
    card = phone.locator(f"#activity-{asked['id']}")
    for _ in range(3):
        fill_in(card, "single_choice", asked, wrong=True)
        with phone.expect_response(re.compile("/activities/")):
            card.locator("button.btn:not([data-move])").last.click()
        card.locator(".note.again").wait_for()


def does_the_task(phone, about, lesson):
    asked = next(asked for kind, asked in activities(lesson) if kind == "task")
    card = phone.locator(f"#activity-{asked['id']}")
    fill_in(card, "task", asked)
    with phone.expect_response(re.compile("/activities/")):
        card.locator("button.btn:not([data-move])").last.click()
    card.locator("[role=status]").first.wait_for()


def the_desk_says_who_needs_help_and_why(desk):
    desk.goto("/desk/")
    assert ELDER in desk.inner_text("#needs")
    assert "3 ครั้ง" in desk.locator("#needs li", has_text=ELDER).first.inner_text()
    assert ELDER in desk.inner_text("#tasks")


def the_task_is_checked_and_corrected(desk, found):
    """Not all was seen at first; what was said then is kept, and the change is reasoned."""
    desk.locator("#tasks li", has_text=ELDER).get_by_role("link").last.click()
    for box in desk.locator("input[name=done]").all()[:-1]:
        box.check()
    desk.fill("textarea[name=note]", NOTE)
    desk.click(".bar button.go")
    desk.wait_for_url(TASKS)
    desk.goto("/desk/tasks/?state=checked")
    desk.locator("li", has_text=ELDER).get_by_role("link").last.click()
    assert NOTE in desk.inner_text("main")
    desk.locator("input[name=done]").last.check()
    desk.click(".bar button.go")
    assert desk.locator(".fix").count() == 1, "a correction without a reason was taken"
    found += check(desk, "a task, and why it is changed")
    desk.fill("input[name=reason]", REASON)
    desk.click(".bar button.go")
    desk.wait_for_url(TASKS)


def the_learner_reads_what_was_seen(phone, about, lesson):
    phone.goto(f"/courses/{about['slug']}/{lesson['slug']}/")
    asked = next(asked for kind, asked in activities(lesson) if kind == "task")
    assert "ผ่านแล้ว" in phone.inner_text(f"#activity-{asked['id']}")


def the_sheet_has_her(desk, about):
    desk.goto(f"/desk/grid/?course={about['key']}&q=จันแรม")
    address = desk.locator("a[href*='format=csv']").first.get_attribute("href")
    assert ELDER in desk.request.get(address).body().decode("utf-8-sig")


def asks_to_be_erased(phone):
    phone.goto("/my-data/")
    assert ELDER in phone.inner_text("main")
    phone.goto("/my-data/erase/")
    phone.check("input[name=sure]", force=True)
    phone.click(".bar button.go")
    phone.wait_for_url(re.compile("/my-data/$"))


def the_request_is_answered(desk, elder, found):
    """Who asked stands on the first page; the caretaker reads what goes and what stays, and does it."""
    desk.goto("/desk/")
    desk.locator("#left a[href*='/desk/requests/']").click()
    desk.locator("li", has_text=ELDER).get_by_role("link").last.click()
    found += check(desk, "a request about data")
    desk.click(f"a[href$='/learners/{elder}/erase/']")
    found += check(desk, "what goes and what stays")
    desk.check("input[name=sure]", force=True)
    desk.click(".bar button.go")
    desk.wait_for_url(re.compile("/desk/requests/"))
