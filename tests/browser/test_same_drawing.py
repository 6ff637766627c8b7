"""An answer's outcome is drawn twice, by templates and by drawing.js: both look the same."""

import json

import pytest

from tests.courses.conftest import RIGHT_FORMS, WRONG_FORMS

LESSON = """
import json
from wagtail.models import Page
from courses.models import CoursePage, LessonPage
from courses.rendering import activities_in, draw_parts
from tests.courses.conftest import QUESTIONS
course = CoursePage.objects.first()
why = "ถุงละ 3 บาท\\nบวกค่าแรง & <b>ค่าถุง</b>"
values = {kind: value | ({"explanation": why} if "explanation" in value else {}) for kind, value in QUESTIONS.items()}
body = [{"type": kind, "value": value} for kind, value in values.items()]
home_task = values["task"] | {"title": "ทำที่บ้าน", "observed_by": "self"}
lesson = LessonPage(title="ทุกแบบ", slug="every-kind", body=[*body, {"type": "task", "value": home_task}])
course.add_child(instance=lesson)
lesson.save_revision().publish()
course.save_revision().publish()
asked = [{"id": each.id, "definition": each.definition} for each in activities_in(draw_parts(lesson))]
print(json.dumps({"url": f"/courses/{course.slug}/every-kind/", "asked": asked}))
"""
FORMS = {kind: [WRONG_FORMS[kind], RIGHT_FORMS[kind], {}] for kind in WRONG_FORMS} | {
    "reflection": [{"answer": "กล้วย\nกับ <ผ้า> & ไหม "}, {"answer": "ก" * 2001}, {}],
    "task": [{"done": ["1"]}, {"done": ["0", "1"]}, {}, {"done": ["7"]}],
}
# Where the script runs every item has a place, as order.js numbers them.
FORMS["ordering"][2:] = [
    {"place-0": "3", "place-1": "2", "place-2": "1"},
    {"place-0": "1", "place-1": "2", "place-2": "4"},
]
FORMS["matching"] += [{"match-1": "1"}]
FORMS["number"] += [{"answer": "สิบ"}, {"answer": "9" * 41}]

# Each form is sent to the server, and read here. Then each outcome is drawn here over each one of the server's that
# can be answered once more. What is compared is what people see and can do: hidden fields are new each time.
COMPARE = """async ({ asked, answers }) => {
  const { answered } = await import("/static/js/states.js");
  const { show } = await import("/static/js/drawing.js");
  const found = [];
  for (const { id, definition } of asked) {
    const place = () => document.getElementById(`activity-${id}`);
    const put = (html) => {
      const parsed = document.createElement("template");
      parsed.innerHTML = html;
      const activity = parsed.content.querySelector("[data-activity]");
      place().replaceWith(activity);
      activity.dispatchEvent(new CustomEvent("sala:swapped", { bubbles: true }));
    };
    const page = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").getElementById(`activity-${id}`);
    const outcomes = [];
    for (const form of answers[definition.kind]) {
      const fields = Object.fromEntries(Object.entries(form).map(([name, given]) => [name, [given].flat()]));
      outcomes.push({ form, html: await send(fresh, fields), state: answered(definition, fields).state });
    }
    for (const before of [{ form: "fresh", html: fresh.outerHTML, state: {} }, ...outcomes]) {
      for (const after of before.state.name === "right" ? [before] : outcomes) {
        put(after.html);
        const server = canonical(place()) + left();
        put(before.html);
        show(place(), { ...after.state, event: "0198" });
        const ours = canonical(place()) + left();
        const event = place().querySelector("[name=event]").value;
        const heard = document.activeElement;
        const isHeard = heard === (place().querySelector("[data-outcome][role=status]") ?? place());
        const item = place().querySelector("[data-ordering] li");
        item?.querySelector("[data-move='1']").click();
        const isMovedByOne = !item || [...item.parentElement.children].indexOf(item) === 1;
        const which = { kind: definition.kind, before: before.form, after: after.form, name: after.state.name };
        found.push({ ...which, server, ours, event, isHeard, isMovedByOne });
      }
    }
  }
  return found;

  async function send(fresh, fields) {
    const data = new FormData(fresh.querySelector("form"));
    for (const name of [...data.keys()]) if (!["csrfmiddlewaretoken", "opened"].includes(name)) data.delete(name);
    for (const [name, texts] of Object.entries(fields)) for (const text of texts) data.append(name, text);
    const action = fresh.querySelector("form").getAttribute("action");
    return (await fetch(action, { method: "POST", body: data, headers: { "X-Fragment": "1" } })).text();
  }
  function left() {
    return document.querySelector("[data-left]").textContent;
  }
  function canonical(node, depth = 0) {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = node.data.replace(/[ \\n]+/g, " ").trim();
      return words && `${" ".repeat(depth)}${words}\\n`;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.type === "hidden") return "";
    const attributes = [...node.attributes].filter(({ name }) => name !== "tabindex");
    const drawn = attributes.map(({ name, value }) => `${name}="${value}"`).sort();
    const now = ["checked", "selected", "disabled", "value", "hidden"].map((name) => `${name}:${node[name]}`);
    const children = [...(node.content ?? node).childNodes].map((child) => canonical(child, depth + 1));
    return `${" ".repeat(depth)}<${[node.localName, ...drawn, ...now].join(" ")}>\\n${children.join("")}`;
  }
}"""


@pytest.fixture
def lesson(live_site):
    """The address of a lesson with every kind of activity, and what it asks."""
    return json.loads(live_site.shell(LESSON))


def test_every_outcome_looks_as_the_server_draws_it(open_page, lesson, people, sign_in_learner):
    learner, visitor = open_page(), open_page()
    sign_in_learner(learner, people)
    names = set()
    for page, language in ((learner, ""), (learner, "/en"), (visitor, "")):
        page.goto(language + lesson["url"])
        for found in page.evaluate(COMPARE, {"asked": lesson["asked"], "answers": FORMS}):
            case = f"{language or '/th'}: {found['kind']}, {found['after']} after {found['before']}"
            assert found["ours"] == found["server"], case
            assert found["isHeard"] and found["isMovedByOne"], case
            assert found["event"] == "0198", case
            names.add((found["kind"], found["name"]))
    assert {name for _kind, name in names} == {"new", "fix", "again", "right", "kept"}
    assert len(names) == 7 * 3 + 2 + 3
