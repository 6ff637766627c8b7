"""axe, the size of targets, nothing that runs over its edge and no sideways scroll, on every page and state."""

import json
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PC, PHONE
from tests.browser.pages import DESK_PAGES, LEARNER_PAGES, LESSON, MINISTRY_PAGES, VISITOR_PAGES, WORKSHOP

NARROW = {"width": 320, "height": 640}
LOOKS = [{"theme": "dark"}, {"contrast": "more"}, {"letters": "large"}, {"letters": "larger"}]

# People and pages that the demo has not: a name without an end, a code that rests, a lesson that asks in every way.
CAST = """
import json, uuid
from django.template import loader
from django.utils import timezone
from courses.models import CataloguePage, CoursePage, LessonPage, Oddity, Topic
from lms.accounts import tries
from lms.accounts.models import SecretCode, User
from lms.centres.models import Centre, Device
from lms.centres.signing_in import set_code
from tests.courses.conftest import QUESTIONS, RIGHT_FORMS, WRONG_FORMS

nok = User.objects.get(username="nok")
centre = Centre.objects.cared_for_by(nok).first()
other = Centre.objects.exclude(pk=centre.pk).first()
empty = Centre.objects.create(
    code="TH-00-0001", name_th="ศูนย์ใหม่", name_en="New", subdistrict=centre.subdistrict, host_kind="temple"
)

def learner(name, kind="pictures", code="fish-lotus-mango", age_band="60+", **more):
    person = User.objects.create_user(name=name, age_band=age_band, **more)
    centre.welcome(person)
    if code:
        set_code(person, kind, code)
    return str(person.pk)

def caretaker(username, *centres):
    person = User.objects.create_user(username, f"sala-demo-{username}", name=username)
    for each in centres:
        each.appoint_caretaker(person)

def device(name):
    return Device.objects.create(centre=centre, name=name, bound_by=nok)

people = {
    "new": learner("ป้าคนใหม่"),
    "pin": learner("ลุงตัวเลข", "pin", "120956"),
    "no_code": learner("ยายยังไม่มีรหัส", code=None),
    "child": learner("น้องนิด", age_band="0-10"),
    "youth": learner("น้องต้นกล้า", age_band="11-19"),
    "locked": learner("ปู่ญี่ปุ่น"),
    "long": learner("ก" * 60, family_name="W" * 60),
}
SecretCode.objects.filter(user=people["locked"]).update(locked_at=timezone.now())
caretaker("several", centre, other)
caretaker("lonely", empty)
tired = device("เครื่องที่รอ")
for _try in range(20):
    tries.note(f"device:{tired.pk}")

def oddity(kind, day, **more):
    return Oddity.objects.create(kind=kind, centre=centre, day=f"2026-11-{day}", evidence=SEEN[kind], **more)

span = {"first": "2026-11-23T09:00:00+07:00", "last": "2026-11-23T09:40:00+07:00", "by_others": 4}
SEEN = {
    "fast": {"times": 3, "seconds": 9, "minutes": 10} | span,
    "fast_many": {"people": 7, "times": 9, "seconds": 9, "minutes": 10} | span,
    "crowd": {"people": 43, "seconds": 58, "in_groups": 8} | span,
    "closed": {"status": "paused", "people": 3, "events": 20, "at_machines": 1, "on_phones": 2} | span,
    "two_places": {"times": 1, "at": span["first"], "elsewhere_at": span["last"], "km": 522, "on_phone": True},
}
asked = oddity("fast", 23, learner_id=people["long"], subject=people["long"])
oddity("closed", 22)
oddity("fast_many", 21)
oddity("two_places", 20, learner_id=people["pin"], subject=people["pin"], elsewhere=other)
lesson = LessonPage.objects.first().key
oddity("crowd", 19, lesson=lesson, subject=lesson).explain(nok, "other", "W" * 60)

shelf, topic = CataloguePage.objects.first(), Topic.objects.first()
for title, slug in [("คิดทุน ให้ครบ", "workshop"), ("วิชาที่ยังไม่มีบท", "no-lessons")]:
    course = shelf.add_child(instance=CoursePage(title=title, slug=slug, topic=topic, live=False))
    if slug == "workshop":
        ids = {kind: str(uuid.uuid4()) for kind in QUESTIONS}
        body = [{"type": kind, "id": ids[kind], "value": value} for kind, value in QUESTIONS.items()]
        course.add_child(instance=LessonPage(title="ทุกแบบ", slug="every-kind", body=body)).save_revision().publish()
    course.save_revision().publish()

print(json.dumps(people | {
    "device": device("เครื่อง 1").cookie,
    "tired": tired.cookie,
    "oddity": str(asked.pk),
    "broken": loader.get_template("500.html").render(),
    "activities": ids,
    "wrong": WRONG_FORMS,
    "right": RIGHT_FORMS,
}))
"""

SMALL_TARGETS = """() => [...document.querySelectorAll(
    'button, select, summary, .btn, .choice, input:not([type=hidden])')]
  .filter((e) => e.checkVisibility() && (e.matches('.choice') || !e.closest('.choice, .find')))
  .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.height < 47.5 || box.width < 47.5))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""

SIDEWAYS = """() => [document.documentElement.scrollWidth - document.documentElement.clientWidth]
  .filter((wide) => wide > 0)"""

RUNNING_OVER = """() => [...document.querySelectorAll(
    'main :is(a, button, p, h1, h2, h3, li, label, legend, dt, dd, span)')]
  .filter((e) => e.checkVisibility() && e.clientWidth > 2 && e.scrollWidth > e.clientWidth + 1)
  .filter((e) => !e.closest('.scroll, .unseen'))
  .map((e) => e.outerHTML.slice(0, 80))"""

FILL_IN = """([form, values]) => {
  for (const [name, value] of Object.entries(values)) {
    const wanted = [value].flat(), fields = form.querySelectorAll(`[name="${name}"]`);
    for (const field of fields) {
      if (/radio|checkbox/.test(field.type)) field.checked = wanted.includes(field.value);
      else field.value = wanted[0].replace('๓', '3');
    }
  }
}"""


@pytest.fixture(scope="module")
def live_site(prepared_site, tmp_path_factory):
    """One site for all of these, as they mostly look."""
    site = prepared_site.copy_to(tmp_path_factory.mktemp("accessibility") / "site").start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def cast(live_site):
    return json.loads(live_site.shell(CAST))


def check(page, state):
    """Everything that is wrong with a page as it stands, as text."""
    found = [f"{rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in Axe().run(page).response["violations"]]
    found += [f"small target {target}" for target in page.evaluate(SMALL_TARGETS)]
    before = page.viewport_size
    for size in (PHONE, NARROW):
        page.set_viewport_size(size)
        found += [f"{wide} px sideways at {size['width']}" for wide in _still(page, SIDEWAYS)]
    found += [f"runs over its edge {part}" for part in _still(page, RUNNING_OVER)]
    page.set_viewport_size(before)
    return [f"{state}: {problem}" for problem in found]


def _still(page, script, seconds=3):
    """What is found and stays: the studio's menu takes a moment to make way when the window gets narrow."""
    end = time.monotonic() + seconds
    while (found := page.evaluate(script)) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return found


def check_all(page, paths):
    found = []
    for path in paths:
        page.goto(path)
        found += check(page, path)
    return found


def press(page, button):
    with page.expect_navigation():
        page.click(button)


def send_changed(page, change):
    """Send a form of the page's head otherwise than it was drawn."""
    with page.expect_navigation():
        page.eval_on_selector("header form", f"(form) => {{ {change}; form.submit() }}")


def press_and_check(page, path, button, **fields):
    """Open a page, fill in what is told, press, and look at the answer."""
    page.goto(path)
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)
    press(page, button)
    return check(page, f"{path} {fields}")


def bind(page, cast, live_site, device="device"):
    page.context.add_cookies([{"name": "sala_device", "value": cast[device], "url": live_site.url}])


def answer_all(page, cast, forms):
    """Fill in each activity's form, and press its button."""
    for kind, activity in cast["activities"].items():
        card = page.locator(f"#activity-{activity}")
        page.evaluate(FILL_IN, [card.locator("form").element_handle(), forms.get(kind, {})])
        with page.expect_response(lambda response: response.request.method == "POST"):
            card.locator("form button:not([data-move])").last.click()
        page.wait_for_load_state()
        page.locator("[aria-busy=true]").wait_for(state="detached")


def test_visitors_pages(open_page):
    assert check_all(open_page(PC), VISITOR_PAGES) == []


def test_what_goes_wrong(open_page, cast, live_site):
    page = open_page(PC, service_workers="block")  # a worker would ask the site for the broken page
    found = press_and_check(page, "/sign-in/", ".bar .go")
    found += press_and_check(page, "/sign-in/", ".bar .go", username="nobody", password="nothing")
    page.goto("/courses/")
    send_changed(page, "form.action = '/courses/'")
    found += check(page, "a form where none is taken")
    page.goto("/")
    send_changed(page, "form.csrfmiddlewaretoken.value = 'x'")
    found += check(page, "a form that is too old")
    page.route("**/broken/", lambda route: route.fulfill(status=500, body=cast["broken"], content_type="text/html"))
    found += check_all(page, ["/broken/"])
    bind(page, cast, live_site, "tired")
    assert found + check_all(page, [f"/who/{cast['new']}/"]) == []


def test_signing_in(open_page, cast, live_site):
    page = open_page(PC)
    bind(page, cast, live_site)
    door = f"/who/{cast['new']}/"
    doors = [f"/who/{cast[who]}/" for who in ("pin", "no_code", "locked", "long", "child")]
    found = check_all(
        page, ["/who/", "/who/?q=ทอง", "/who/?q=ไม่มีชื่อนี้", "/who/?idle=1", "/en/who/", f"/en{door}", *doors]
    )
    page.goto(door)
    for taps in range(3):
        found += check(page, f"{door} after {taps} taps")
        page.click("button[value=fish]")
    page.locator(".note.again").wait_for()
    found += check(page, f"{door} after a wrong code")
    assert found + press_and_check(page, doors[0], ".bar .go", pin="12") == []


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_a_newcomer(open_page, cast, live_site, size):
    page = open_page(size)
    bind(page, cast, live_site)
    found = press_and_check(page, "/who/new/", ".bar .go")
    found += press_and_check(page, "/who/new/", ".bar .go", name="ป้าคนใหม่")
    page.fill("[name=name]", f"ป้าคำแพง {size['width']}")
    for button in (".bar .go", "button[value='60+']"):
        press(page, button)
        found += check(page, button)
    page.click("main summary")
    page.fill("[name=q]", "ท่าตูม")
    page.locator("[data-places-found] .choice").first.wait_for()
    found += check(page, "subdistricts were found")
    for _step in ("the notice", "the code"):
        press(page, ".bar .go")
        found += check(page, _step)
    for picture in ("fish", "lotus", "mango"):
        page.click(f"button[value={picture}]")
    page.locator("button[name=keep]").wait_for()
    found += check(page, "what was chosen")
    press(page, "button[name=keep]")
    assert found + check(page, "in, and one more question") == []


def test_a_newcomer_of_ten_or_under(open_page, cast, live_site):
    page = open_page(PHONE)
    bind(page, cast, live_site)
    page.goto("/who/new/")
    page.fill("[name=name]", "น้องฝน")
    press(page, ".bar .go")
    press(page, "button[value='0-10']")
    assert check(page, "call the caretaker") == []


@pytest.mark.parametrize("letters", ["", "larger"], ids=["letters as usual", "the largest letters"])
def test_learners_pages(open_page, live_site, people, sign_in_learner, cast, letters):
    page = open_page(PC)
    if letters:
        page.context.add_cookies([{"name": "letters", "value": letters, "url": live_site.url}])
    sign_in_learner(page, people)
    found = check_all(page, LEARNER_PAGES)
    page.goto("/")
    page.click(".menu summary")
    assert found + check(page, "the menu") == []


@pytest.mark.parametrize("modules", [True, False], ids=["with our JavaScript", "without"])
def test_every_kind_of_activity_in_every_state(open_page, people, sign_in_learner, cast, modules):
    page = open_page(PC, service_workers="block")
    if not modules:  # axe is JavaScript itself, so the browser cannot be without
        page.route("**/*.js", lambda route: route.abort())
    sign_in_learner(page, people, "newcomer")
    found = check_all(page, ["/", "/notebook/", WORKSHOP])
    if modules:  # a page that comes back whole shows one such answer at a time
        answer_all(page, cast, {})
        found += check(page, "nothing filled in")
    answer_all(page, cast, cast["wrong"] | {"reflection": {"answer": "ใคร ๆ ก็ชอบ"}, "task": {"done": ["0"]}})
    found += check(page, "not yet")
    answer_all(page, cast, cast["right"] | {"reflection": {"answer": "กล้วย"}, "task": {"done": ["0", "1"]}})
    found += check(page, "right") + check_all(page, [f"/en{WORKSHOP}", "/notebook/"])
    page.goto(WORKSHOP)
    press(page, ".bar .go")
    assert found + check(page, "the course is finished") + check_all(page, ["/", "/courses/workshop/"]) == []


def test_the_desks_pages(open_page, people, sign_in_staff, cast):
    page = open_page(PC)
    sign_in_staff(page, "nok")
    learners = [f"/desk/learners/{cast[who]}/" for who in ("new", "no_code", "locked", "long")]
    code = f"{learners[1]}code/"
    found = check_all(page, [*DESK_PAGES, *learners, f"/desk/learners/{people['learner']}/", code, f"{code}?kind=pin"])
    for start, link in (
        ("/desk/tasks/", "a[href*='/desk/tasks/0']"),
        (f"/desk/learners/{people['learner']}/", ".lessons a"),
    ):
        page.goto(start)
        page.locator(link).first.click()
        found += check(page, f"{start} one")
    for taps in (["fish"] * 3, ["fish", "lotus", "mango"]):
        page.goto(code)
        for picture in taps:
            page.click(f"button[value={picture}]")
        page.locator(".note, button[name=keep]").first.wait_for()
        found += check(page, f"{code} {taps}")
    found += press_and_check(page, f"{code}?kind=pin", ".bar .go", pin="111111", again="2")
    found += check_all(page, [f"/desk/oddities/{cast['oddity']}/"])
    found += press_and_check(page, f"/desk/oddities/{cast['oddity']}/", ".bar .go")
    found += press_and_check(page, "/desk/learners/new/", ".bar .go")
    page.check("input[value='60+']", force=True)
    page.fill("input[name=name]", "ป้าคนใหม่")
    press(page, ".bar .go")
    found += check(page, "the name is there already")
    for name in ("เครื่อง 1", "ห้องสมุด"):
        found += press_and_check(page, "/desk/devices/", "section[aria-labelledby=bind] .go", name=name)
    assert found == []


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "PC"])
def test_what_the_desk_asks_of_learners_and_guardians(open_page, sign_in_staff, cast, size):
    page = open_page(size)
    sign_in_staff(page, "nok")
    elder, youth = (f"/desk/learners/{cast[who]}" for who in ("new", "youth"))
    found = check_all(page, [f"{elder}/consents/", f"{elder}/consents/?new=1", f"{youth}/", f"{youth}/consents/"])
    found += check_all(page, [f"{youth}/guardian/paper/", f"{youth}/correct/"])
    found += press_and_check(page, f"{youth}/guardian/", ".bar .go")
    if size is PC:  # the last to look: now there is a receipt
        page.fill("[name=name]", "แม่สมใจ")
        page.check("input[value=mother]", force=True)
        press(page, ".bar .go")
        found += check(page, "allowed") + check_all(page, [f"{youth}/guardian/", f"{youth}/"])
    assert found == []


@pytest.mark.parametrize("caretaker", ["several", "lonely"])
def test_the_desk_of_several_centres_and_of_an_empty_one(open_page, sign_in_staff, cast, caretaker):
    page = open_page(PC)
    sign_in_staff(page, caretaker)
    assert check_all(page, ["/desk/", "/desk/devices/", "/desk/learners/new/"]) == []


def test_the_ministrys_pages(open_page, sign_in_staff, cast):
    page = open_page(PC)
    sign_in_staff(page, "wipha")
    found = check_all(page, MINISTRY_PAGES)
    page.goto("/ministry/")
    for fold in page.locator("details.fold").all():
        fold.evaluate("(fold) => { fold.open = true }")
    assert found + check(page, "all that is folded") == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_look(open_page, live_site, cast, sign_in_staff, look):
    page = open_page(PC)
    page.context.add_cookies([{"name": name, "value": value, "url": live_site.url} for name, value in look.items()])
    bind(page, cast, live_site)
    found = check_all(page, ["/courses/", LESSON, "/who/", f"/who/{cast['new']}/"])
    sign_in_staff(page, "nok")
    found += check_all(page, ["/desk/", f"/desk/learners/{cast['locked']}/", "/desk/learners/new/"])
    assert found == []
