"""What an author is told of a lesson: in plain words, of the part that it is about, and never in the way."""

import uuid

import pytest

from courses.authoring.checks import HARD_WORDS, hard_words, minutes, notes_on
from courses.authoring.patterns.form import new_block
from courses.models import LessonPage
from tests.conftest import RIGHT, WRONG
from tests.test_translations import FRIGHTENING

TRUE = {"statement": "กล้วยหวาน", "answer": True, "explanation": "เพราะสุก"}


@pytest.fixture
def lesson_of(db):
    """A lesson that says these blocks: lesson_of(("text", "..."), ("picture", {...}))."""

    def make(*blocks):
        raw = [new_block(kind, value) for kind, value in blocks]
        return LessonPage(title="บท", body=LessonPage.body.field.stream_block.to_python(raw))

    return make


def kinds(lesson):
    return [note.kind for note in notes_on(lesson)]


def choice(*choices):
    return {"question": "ข้อไหน", "choices": [new_block("item", each) for each in choices]}


def test_a_lesson_with_a_picture_words_and_a_question_is_well(db, lesson_of):
    picture = {"image": None, "alt": "กล้วยบนตะแกรง", "caption": ""}
    assert notes_on(lesson_of(("text", "ป้าแดงตากกล้วย"), ("picture", picture), ("true_false", TRUE))) == []


def test_what_is_missing_in_the_whole_is_said_once(lesson_of):
    assert kinds(lesson_of(("text", "สั้น"))) == ["question", "picture"]


def test_a_picture_without_words_is_told_with_its_place(db, lesson_of):
    lesson = lesson_of(("text", "สั้น"), ("picture", {"image": None, "alt": "", "caption": ""}))
    note = notes_on(lesson)[0]
    assert (note.kind, note.block) == ("alt", lesson.body[1].id)
    assert "2" in note.words


@pytest.mark.parametrize(
    ("text", "is_long"), [("ก" * 401, True), ("ก" * 400, False), ("ก" * 300 + "\n\n" + "ข" * 300, False)]
)
def test_a_paragraph_is_long_when_it_fills_a_phone(lesson_of, text, is_long):
    assert ("long" in kinds(lesson_of(("text", text)))) is is_long


def test_a_step_is_long_sooner(lesson_of):
    assert "long" in kinds(lesson_of(("steps", [new_block("item", "ก" * 201)])))
    assert "long" not in kinds(lesson_of(("steps", [new_block("item", "ก" * 100)] * 5)))


@pytest.mark.parametrize(
    ("block", "explains"),
    [
        (("true_false", TRUE), True),
        (("true_false", TRUE | {"explanation": ""}), False),
        (("single_choice", choice(RIGHT, WRONG)), True),
        (("single_choice", choice(RIGHT | {"explanation": ""}, WRONG)), False),
        (("reflection", {"question": "ใครยังทำเป็น", "hint": ""}), True),
    ],
)
def test_a_question_is_to_say_why(lesson_of, block, explains):
    assert ("explanation" not in kinds(lesson_of(block))) is explains


def test_a_hard_word_is_told_with_what_people_say(lesson_of):
    note = notes_on(lesson_of(("tip", "รับประทานก่อนนอน")))[0]
    assert note.kind == "hard"
    assert "รับประทาน" in note.words and "กิน" in note.words


def test_the_hard_words_are_pairs_and_none_of_the_plain_ones_is_hard():
    pairs = hard_words()
    assert len(pairs) > 30
    assert [pair for pair in pairs if len(pair) != 2 or not all(pair)] == []
    hard = {word for word, _plain in pairs}
    assert len(hard) == len(pairs), f"twice in {HARD_WORDS}"
    assert [plain for _word, plain in pairs if any(word in plain for word in hard)] == []


def test_a_word_of_the_easy_language_of_our_own_courses_is_not_hard():
    assert [word for word, _plain in hard_words() if word in "ที่ทำการ เน็ต มือถือ กิน ขาย ทำ"] == []


@pytest.mark.parametrize(("words", "expected"), [(1, 1), (200, 1), (210, 2), (1000, 5)])
def test_two_hundred_words_take_a_minute(lesson_of, words, expected):
    assert minutes(lesson_of(("text", "กล้า" * words)).body) == expected


def test_questions_and_pictures_take_time_too(db, lesson_of):
    many = [("true_false", TRUE | {"statement": str(uuid.uuid4())}) for _each in range(8)]
    assert minutes(lesson_of(*many).body) >= 4


def test_a_long_lesson_is_told(lesson_of):
    assert "length" in kinds(lesson_of(("text", "กล้า" * 3200)))


def test_no_note_frightens(db, lesson_of):
    lesson = lesson_of(
        ("text", "ก" * 500 + " รับประทาน"),
        ("picture", {"image": None, "alt": "", "caption": ""}),
        ("steps", [new_block("item", "ก" * 201)]),
        ("true_false", TRUE | {"explanation": ""}),
    )
    found = notes_on(lesson)
    assert {note.kind for note in found} == {"alt", "long", "explanation", "hard"}
    assert [note.words for note in found if FRIGHTENING.search(note.words)] == []
