"""Lessons of a village, from their draft to their learners; and questions as a form sends them."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.authoring.bank.forms import make
from courses.authoring.bank.questions import checked
from courses.authoring.drafts import local_course, make_draft
from courses.models import LessonPage, Reading
from lms.accounts.models import User
from tests.courses.conftest import QUESTIONS

SAYS, CHOOSE, STATEMENT, WORK_OUT = (str(uuid.UUID(int=n)) for n in range(1, 5))


def body_of_silk():
    """A text and three questions, as an author leaves them."""
    choice = {"explanation": "ใบหม่อนเป็นอาหารของไหม"}
    return [
        {"type": "text", "id": SAYS, "value": "ป้าสมศรีเลี้ยงไหมมาสี่สิบปี"},
        {
            "type": "single_choice",
            "id": CHOOSE,
            "value": {
                "question": "ไหมกินอะไร",
                "choices": [
                    {"text": "ใบหม่อน", "correct": True, **choice},
                    {"text": "ใบตอง", "correct": False, **choice},
                ],
            },
        },
        {
            "type": "true_false",
            "id": STATEMENT,
            "value": {"statement": "ไหมต้องกินทุกวัน", "answer": True, "explanation": "วันละสามมื้อ"},
        },
        {
            "type": "number",
            "id": WORK_OUT,
            "value": {"question": "วันละกี่มื้อ", "answer": "3", "tolerance": "0", "unit": "มื้อ", "explanation": "สาม"},
        },
    ]


@pytest.fixture
def silk(shelf, ban_nong_bua, nok):
    """A whole lesson of Ban Nong Bua's that nobody has published yet."""
    return make_draft(local_course(ban_nong_bua, nok), nok, title="เลี้ยงไหมบ้านเรา", body=body_of_silk())


@pytest.fixture
def published_silk(silk, ek):
    silk.get_latest_revision().publish(user=ek, skip_permission_checks=True)
    return LessonPage.objects.get(pk=silk.pk)


@pytest.fixture
def edit():
    """Change some blocks of a lesson, as its author does, and hand over the revision: edit(silk, nok, {id: value}).

    A value of None takes the block out; `body` puts another list of blocks in its place.
    """

    def make(lesson, user, changes=None, body=None, **fields):
        page = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
        raw = [dict(block) for block in (page.body.raw_data if body is None else body)]
        changes = changes or {}
        raw = [block | {"value": changes.get(block["id"], block["value"])} for block in raw]
        raw = [block for block in raw if block["value"] is not None]
        page.body = page.body.stream_block.to_python(raw)
        for name, value in fields.items():
            setattr(page, name, value)
        return page.save_revision(user=user, clean=False)

    return make


@pytest.fixture
def read_aloud(settings, tmp_path):
    """Give a draft these recordings and no others: read_aloud(silk, nok, {None: "title.mp3", SAYS: "says.mp3"})."""
    settings.MEDIA_ROOT = tmp_path

    def make(lesson, user, parts):
        page = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
        page.readings.clear()
        for block, name in parts.items():
            file = get_document_model().objects.create(title=name, file=ContentFile(b"ID3", name))
            page.readings.add(Reading(block=block, file=file))
        return page.save_revision(user=user, clean=False)

    return make


@pytest.fixture
def prae(db):
    """คุณแพร, an officer who writes the nation's courses, and reviews where there is no core member."""
    officer = User.objects.create_user("prae", "password-of-prae", name="คุณแพร")
    officer.ministry_posts.create(started_on=timezone.localdate(), edits_courses=True)
    return officer


def form_of(value, prefix="value"):
    """A question's value as the form of its block sends it."""
    if isinstance(value, dict):
        return {name: text for key, each in value.items() for name, text in form_of(each, f"{prefix}-{key}").items()}
    if isinstance(value, list):
        sent = {f"{prefix}-count": str(len(value))}
        for place, each in enumerate(value):
            row = f"{prefix}-{place}"
            sent |= {f"{row}-deleted": "", f"{row}-order": str(place), f"{row}-id": ""}
            sent |= form_of(each, f"{row}-value")
        return sent
    if isinstance(value, bool):
        return {prefix: "on"} if value else {}
    return {prefix: value}


@pytest.fixture
def draft(shelf, ban_nong_bua, nok):
    """A draft of Ban Nong Bua's, by its caretaker."""
    body = [{"type": "text", "value": "ป้าแดงทำกล้วยตากขาย"}]
    return make_draft(local_course(ban_nong_bua, nok), nok, title="กล้วยตาก", body=body)


@pytest.fixture
def keep(ban_nong_bua, nok):
    """A question in a centre's bank: keep("number"), keep("fill_in", centre=ban_pua, question="ปลูกที่ไหน")."""

    def make_one(kind="single_choice", centre=None, **more):
        value, _lacks = checked(kind, QUESTIONS[kind] | more)
        question = make(centre or ban_nong_bua, nok, kind, value)
        question.save()
        return question

    return make_one
