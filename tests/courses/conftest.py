"""A lesson that asks in every way there is."""

import uuid
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup

from courses.models import CoursePage, LessonPage, Topic

WHY = "เพราะแรงของเราก็เป็นทุน"
HINT_OF_WRONG = "ค่าดูหนังไม่เกี่ยวกับของที่ขาย"
CHOICES = [
    {"text": "ค่าดูหนัง", "correct": False, "explanation": HINT_OF_WRONG},
    {"text": "ค่าแรง", "correct": True, "explanation": WHY},
    {"text": "ค่าถุง", "correct": False, "explanation": HINT_OF_WRONG},
]
QUESTIONS = {
    "single_choice": {"question": "ข้อใดลืมบ่อย", "choices": CHOICES},
    "multiple_choice": {"question": "อะไรเป็นทุน", "choices": [*CHOICES[:2], CHOICES[2] | {"correct": True}]},
    "true_false": {"statement": "แรงของเราเป็นทุน", "answer": True, "explanation": WHY},
    "ordering": {"question": "เรียงขั้น", "items": ["จด", "บวก", "หาร"], "explanation": WHY},
    "matching": {
        "question": "จับคู่",
        "pairs": [{"left": "กล้วย", "right": "วัตถุดิบ"}, {"left": "รถ", "right": "ขนส่ง"}],
        "explanation": WHY,
    },
    "fill_in": {"question": "เงินที่ลงไปเรียกว่า", "answers": ["ทุน", "ต้นทุน"], "explanation": WHY},
    "number": {"question": "ถุงละ", "answer": "120", "tolerance": "0", "unit": "บาท", "explanation": WHY},
    "reflection": {"question": "ท่านขายอะไร", "hint": "นึกถึงของใกล้ตัว"},
    "task": {
        "title": "คิดทุนของเรา",
        "instructions": "ทำที่บ้าน",
        "checklist": ["จดแล้ว", "บวกแล้ว"],
        "observed_by": "caretaker",
    },
}
WRONG_FORMS = {
    "single_choice": {"answer": "0"},
    "multiple_choice": {"answer": ["0", "1"]},
    "true_false": {"answer": "false"},
    "ordering": {"place-0": "2", "place-1": "1", "place-2": "3"},
    "matching": {"match-0": "1", "match-1": "0"},
    "fill_in": {"answer": "กำไร"},
    "number": {"answer": "๑๒"},
}
RIGHT_FORMS = {
    "single_choice": {"answer": "1"},
    "multiple_choice": {"answer": ["1", "2"]},
    "true_false": {"answer": "true"},
    "ordering": {"place-0": "1", "place-1": "2", "place-2": "๓"},
    "matching": {"match-0": "0", "match-1": "1"},
    "fill_in": {"answer": " ต้น ทุน "},
    "number": {"answer": "๑๒๐ บาท"},
}


@dataclass
class Workshop:
    course: CoursePage
    lesson: LessonPage
    ids: dict

    @property
    def url(self):
        return f"/courses/{self.course.slug}/{self.lesson.slug}/"

    def answers_url(self, kind):
        return f"{self.url}activities/{self.ids[kind]}/"


@pytest.fixture
def workshop(shelf):
    """A published course of one lesson with one activity of each kind, all of them unanswered."""
    topic = Topic.objects.create(slug="work", title_th="อาชีพ", title_en="Work")
    course = CoursePage(title="คิดทุน ให้ครบ", slug="workshop", topic=topic, live=False)
    shelf.add_child(instance=course)
    ids = {kind: str(uuid.uuid4()) for kind in QUESTIONS}
    body = [{"type": kind, "id": ids[kind], "value": value} for kind, value in QUESTIONS.items()]
    lesson = LessonPage(title="ทุกแบบ", slug="every-kind", body=body)
    course.add_child(instance=lesson)
    lesson.save_revision().publish()
    course.save_revision().publish()
    return Workshop(CoursePage.objects.get(pk=course.pk), LessonPage.objects.get(pk=lesson.pk), ids)


@pytest.fixture
def opened(client, workshop):
    """The workshop's page as a browser has it, and the forms on it."""
    return OpenPage(client, workshop)


class OpenPage:
    def __init__(self, client, workshop):
        self.client, self.workshop = client, workshop

    def html(self):
        return BeautifulSoup(self.client.get(self.workshop.url).content, "html.parser")

    def activity(self, kind):
        return self.html().find(id=f"activity-{self.workshop.ids[kind]}")

    def hidden(self, kind):
        """The hidden fields of an activity's form."""
        fields = self.activity(kind).find_all("input", type="hidden")
        return {field["name"]: field["value"] for field in fields if field["name"] != "csrfmiddlewaretoken"}

    def answer(self, kind, form, **headers):
        """Fill in the form as it is on the page, and press its button."""
        return self.client.post(self.workshop.answers_url(kind), self.hidden(kind) | form, **headers)
