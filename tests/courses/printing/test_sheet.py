"""A lesson as a PDF: Thai that can be read, pictures in it, boxes to tick, and the answers on the last page."""

import io

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from wagtail.images import get_image_model

from courses.authoring.drafts import local_course, make_draft
from courses.models import CoursePage, LearningEvent, LessonPage
from courses.printing import printed
from tests.courses.conftest import QUESTIONS


def pages(pdf):
    """The text of each page, without the breaks that lines have on paper."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def squeezed(text):
    return "".join(text.split())


def test_a_lesson_is_printed_with_its_answers_on_the_last_page(client, workshop):
    answer = client.get(f"{workshop.url}print.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    *asked, answers = pages(answer.content)
    asked = "".join(asked)
    for value in QUESTIONS.values():
        assert squeezed(value.get("question") or value.get("statement") or value["title"]) in asked
    assert "ต้นทุน" not in asked
    assert "ต้นทุน" in answers
    assert squeezed("เพราะแรงของเราก็เป็นทุน") in answers
    assert not LearningEvent.objects.exists()


def test_it_opens_to_whom_the_lesson_opens(client, write_course, ban_pua, fah, somsri):
    local = write_course(centre=ban_pua)
    address = f"/courses/{local.slug}/lesson-1/print.pdf"
    client.force_login(fah)
    assert client.get(address).status_code == 200
    client.force_login(somsri)
    assert client.get(address).status_code == 404
    assert client.get(f"/courses/{local.slug}/nothing/print.pdf").status_code == 404


def with_body(*body, **fields):
    lesson = LessonPage(title="กล้วยตาก", **fields)
    lesson.body = lesson.body.stream_block.to_python([{"type": kind, "value": value} for kind, value in body])
    return lesson


def image(content, name):
    made = get_image_model()(title=name, width=40, height=30)
    made.file = ContentFile(content, name=name)
    made.save()
    return made


def photo(kind, mode="RGB"):
    file = io.BytesIO()
    Pillow.new(mode, (400, 300)).save(file, kind)
    return file.getvalue()


PHOTOS = {
    "a.jpg": lambda: photo("JPEG"),
    "b.png": lambda: photo("PNG", "RGBA"),
    "c.webp": lambda: photo("WEBP"),
    "d.gif": lambda: photo("GIF", "P"),
    "e.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
}


@pytest.mark.parametrize("name", PHOTOS)
def test_pictures_are_in_it(name, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    shown = image(PHOTOS[name](), name)
    course = CoursePage(title="คิดทุน")
    bare = printed(with_body(("picture", {"image": shown.pk, "alt": "", "caption": ""})), course)
    document = pypdfium2.PdfDocument(bare)
    kinds = {each.type for each in document[0].get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds or name == "e.svg"


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff" + b"x" * 50, b"<svg", b"<svg xmlns='x'/>"])
def test_a_picture_that_is_none_is_left_out(content, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name = "x.svg" if content.startswith(b"<") else "x.jpg"
    broken = get_image_model()(title="x", width=1, height=1, created_at=timezone.now())
    broken.file.name = broken.file.storage.save(name, ContentFile(content))
    broken.save_base(raw=True)
    body = ("picture", {"image": broken.pk, "alt": "ผ้าไหมบ้านเรา", "caption": ""}), ("text", "ทอผ้า")
    text = pages(printed(with_body(*body), CoursePage(title="คิดทุน")))[0]
    assert "ทอผ้า" in text


def test_marks_of_thai_stand_once_and_in_order(db):
    text = pages(printed(with_body(("text", "น้ำผึ้งที่บ้านปู่ เก็บได้ ๓ ครั้ง")), CoursePage(title="คิดทุน")))[0]
    assert squeezed("น้ำผึ้งที่บ้านปู่") in text.replace("ํา", "ำ")


ODD = [
    *(
        "#let",
        "$x$",
        "*b*",
        "_i_",
        "<a>",
        "@ref",
        "`",
        "\\",
        "//",
        "/*",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "= ",
        "- ",
        "+ ",
        "~",
    ),
    *("\0", "\u2028", "\ufffe", "\u200b", "😀", "ก" * 200, "a" * 300),
]
TEXT = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=12)), min_size=1, max_size=6).map("".join)


@given(text=TEXT)
@hypothesis_settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_no_text_keeps_a_lesson_from_being_printed(db, text):
    rows = {"text": text, "correct": True, "explanation": text}
    body = [
        *((kind, text) for kind in ("heading", "text", "tip", "warning", "example")),
        ("steps", [text, ""]),
        ("table", {"caption": text, "head": [text, ""], "rows": [[text], [text, text, text], []]}),
        ("fact", {"text": text, "checked": text, "owner": text, "recheck": True}),
        ("single_choice", {"question": text, "choices": [rows, rows]}),
        ("matching", {"question": text, "pairs": [{"left": text, "right": text}] * 2, "explanation": text}),
        ("ordering", {"question": text, "items": [text, text], "explanation": text}),
        ("fill_in", {"question": text, "answers": [text], "explanation": text}),
        ("number", {"question": text, "answer": "1", "tolerance": "0", "unit": text, "explanation": text}),
        ("reflection", {"question": text, "hint": text}),
        ("task", {"title": text, "instructions": text, "checklist": [text], "observed_by": "self"}),
    ]
    lesson = with_body(*body, outcome=text, credit=text, credit_consent=True)
    lesson.title = text
    assert printed(lesson, CoursePage(title=text)).startswith(b"%PDF")


def test_a_draft_is_printed_for_its_authors_and_reviewers_only(client, shelf, ban_nong_bua, nok, kham, ek, somsri):
    draft = make_draft(local_course(ban_nong_bua, nok), nok, title="ร่างบทใหม่", body=[{"type": "text", "value": "ทอผ้า"}])
    address = f"/studio/print-lesson/{draft.pk}/"
    for person, status in ((nok, 200), (ek, 200), (kham, 404)):
        client.force_login(person)
        answer = client.get(address)
        assert answer.status_code == status
    client.force_login(nok)
    assert "ร่างบทใหม่" in pages(client.get(address).content)[0]
    client.force_login(somsri)
    assert client.get(address).status_code in (302, 404)
