"""Grading exists twice, in Python and in the browser: both say the same of every answer."""

import json
import sys
import unicodedata
from pathlib import Path
from random import Random

import pytest

from courses.grading import Malformed, grade, read_form
from lms.accounts.thai import normalise, search_text
from tests.browser.random_answers import cases, form, text

SCRIPTS = Path(__file__).resolve().parents[2] / "lms" / "static" / "js"
DEFINITIONS = """
import json
from courses.models import LessonOutline
outlines = LessonOutline.objects.order_by("lesson")
print(json.dumps([each for outline in outlines for each in outline.activities.values()]))
"""
GRADE = """async (json) => {
  const { readForm, grade, Malformed } = await import("/js/grading/index.js");
  const said = ([definition, fields, answer]) => {
    try {
      const read = fields ? readForm(definition, fields) : answer;
      const { correct, score, explanations, rightPlaces } = grade(definition, read);
      return [fields ? read : null, correct, score, explanations, rightPlaces];
    } catch (problem) {
      return problem instanceof Malformed ? problem.code : String(problem);
    }
  };
  return JSON.stringify(JSON.parse(json).map(said));
}"""
WRITE = """async (json) => {
  const { normalise, searchText } = await import("/js/grading/texts.js");
  return JSON.stringify(JSON.parse(json).map((text) => [normalise(text), searchText(text)]));
}"""

# Their capitals fold to small letters in the browser and the other way round in Python: equal is still equal.
CHEROKEE = {*range(0x13A0, 0x1400), *range(0xAB70, 0xABC0)}


@pytest.fixture
def browser_says(chromium):
    """browser_says(script, data): our modules at work on a page of their own."""
    context = chromium.new_context(base_url="http://sala.test")
    context.route("http://sala.test/**", _serve)
    page = context.new_page()
    page.goto("/")
    yield lambda script, data: json.loads(page.evaluate(script, json.dumps(data)))
    context.close()


def _serve(route):
    path = route.request.url.removeprefix("http://sala.test/js/")
    if path.endswith(".js"):
        route.fulfill(path=SCRIPTS / path, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Sala</title>", content_type="text/html")


def python_says(definition, fields, answer):
    try:
        read = read_form(definition, fields) if fields is not None else answer
        result = grade(definition, read)
    except Malformed as problem:
        return problem.code
    given = read if fields is not None else None
    return [given, result.correct, result.score, list(result.explanations), result.right_places]


def differences(browser_says, asked):
    asked = json.loads(json.dumps(asked))  # as definitions and answers travel
    pairs = zip(asked, browser_says(GRADE, asked), strict=True)
    said = [(case, python_says(*case), browser) for case, browser in pairs]
    return [each for each in said if each[1] != each[2]], said


def test_thousands_of_answers_are_graded_the_same(browser_says):
    different, said = differences(browser_says, list(cases(seed=2569, each=700)))
    assert not different, f"{len(different)} differ, such as {different[:3]}"
    outcomes = [python for _case, python, _browser in said]
    assert {each for each in outcomes if isinstance(each, str)} >= {
        *("empty", "incomplete", "not_a_choice", "not_a_place", "same_place"),
        *("repeated", "not_a_number", "not_text", "too_long"),
    }
    for verdict in (True, False, None):
        assert sum(each[1] is verdict for each in outcomes if not isinstance(each, str)) > 1000


def test_every_question_of_the_national_courses_is_graded_the_same(browser_says, prepared_site):
    definitions = json.loads(prepared_site.shell(DEFINITIONS))
    assert len(definitions) > 150
    random = Random(55)
    asked = [(definition, form(random, definition), None) for definition in definitions for _ in range(12)]
    different, said = differences(browser_says, asked)
    assert not different, f"{len(different)} differ, such as {different[:3]}"
    verdicts = {(case[0]["kind"], python[1]) for case, python, _browser in said if not isinstance(python, str)}
    graded = {each["kind"] for each in definitions} - {"reflection", "task"}
    assert {(kind, verdict) for kind in graded for verdict in (True, False)} <= verdicts


def test_text_is_compared_by_the_same_spelling(browser_says):
    random = Random(1)
    texts = [text(random, 30) for _ in range(3000)] + [f"{char}\u0e4d\u0e32{char}" for char in letters()]
    texts = json.loads(json.dumps(texts))
    said = zip(texts, browser_says(WRITE, texts), strict=True)
    different = [(each, browser) for each, browser in said if browser != [normalise(each), search_text(each)]]
    assert not different, f"{len(different)} differ, such as {different[:3]}"


def letters():
    """Every character that there is, without the thousands of Han, Hangul and Tangut that have no case and no marks."""
    for code in range(min(sys.maxunicode, 0x1FFFF)):
        is_many = 0x3400 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3 or 0x17000 <= code <= 0x18CFF
        if not is_many and code not in CHEROKEE and unicodedata.category(chr(code)) not in ("Cn", "Co"):
            yield chr(code)
