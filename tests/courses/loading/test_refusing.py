"""A folder that is not right is refused as a whole, with file, line, field and what was expected."""

import os

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.loading import LoadError, load
from courses.loading.checking import read_folder
from courses.models import LessonOutline

# What is spoilt in 01.yaml, and the problem it makes: line, field, words of the message.
SPOILT = [
    ("minutes: 10", "minutes: 0", 4, "minutes", "a whole number from 1 to 600"),
    ("minutes: 10", "minutes: ten", 4, "minutes", "a whole number from 1 to 600"),
    ("minutes: 10", "minutes: true", 4, "minutes", "a whole number from 1 to 600"),
    ("minutes: 10", f"minutes: {'9' * 5000}", 4, "minutes", "a whole number from 1 to 600"),
    ("minutes: 10", "minutes: 10\nhours: 1", 5, "hours", "is not known here"),
    ("minutes: 10\n", "", 1, "minutes", "is missing"),
    ("minutes: 10", "minutes:", 4, "minutes", "a whole number from 1 to 600"),
    ("minutes: 10", "minutes: 10\nminutes: 11", 5, "", "minutes is written twice"),
    ("minutes: 10", "minutes: &ten 10", 4, "", "anchors and aliases"),
    ("minutes: 10", "minutes: *ten", 4, "", "anchors and aliases"),
    ("minutes: 10", "minutes: !!python/object:os.system 10", 4, "", "tags"),
    ("minutes: 10", "minutes:\t10", 4, "", "found a tab"),
    ("minutes: 10", "minutes: 10\n---\n", 5, "", "a second ---"),
    ("minutes: 10", "minutes: [10", 5, "", "is not YAML"),
    ("22222222-2222-4222-8222-222222222222", "2222", 1, "key", "a UUID"),
    ("slug: costs", "slug: Six Costs", 2, "slug", "small letters"),
    ("slug: costs", "slug: finished", 2, "slug", "taken by another page"),
    ('th: "ทุนมีหกก้อน"', 'th: ""', 3, "title.th", "some text"),
    ('th: "ทุนมีหกก้อน"', 'th: "\u200b"', 3, "title.th", "some text"),
    ('th: "ทุนมีหกก้อน"', "th: 6", 3, "title.th", "text (put it in quotation marks)"),
    ('th: "ทุนมีหกก้อน"', f'th: "{"ก" * 256}"', 3, "title.th", "at most 255 letters, found 256"),
    ('th: "ทุนมีหกก้อน"', 'th: "\\0"', 3, "title.th", "without control characters"),
    ('th: "ทุนมีหกก้อน"', 'th: "\\ud800"', 3, "title.th", "without control characters"),
    (', en: "Six costs"', "", 3, "title.en", "is missing"),
    ("picture: abacus", "picture: sputnik", 6, "picture.picture", "no picture of this name"),
    ("picture: abacus", "picture: ../../etc/passwd", 6, "picture.picture", "small letters"),
    ('abacus, alt: "ลูกคิด"', "abacus", 6, "picture.alt", "is missing"),
    ('abacus, alt: "ลูกคิด"', 'abacus, alt: " "', 6, "picture.alt", "some text"),
    ('- heading: "ทุนมีหกก้อน"', '- headline: "ทุน"', 8, "body[1].headline", "is not known here"),
    ('- heading: "ทุนมีหกก้อน"', '- "ทุน"', 8, "body[1]", "a mapping with one key"),
    ('["จด", "บวก", "หาร"]', "[]", 13, "body[3].steps", "at least 1 in the list"),
    ('["วัตถุดิบ", "600"]', '["วัตถุดิบ"]', 19, "body[5].table.rows[1]", "2 cells as in the head, found 1"),
    ('"2026-11"', '"2026-13"', 24, "body[9].fact.checked", "a month"),
    ("recheck: true", 'recheck: "yes"', 24, "body[9].fact.recheck", "true or false"),
    ("correct: true", "correct: false", 29, "body[10].single_choice.choices", "exactly one right choice, found 0"),
    ("correct: false", "correct: true", 29, "body[10].single_choice.choices", "exactly one right choice, found 2"),
    ('"ค่าแก๊ส", correct: true', '"ค่า", correct: false', 35, "body[11].multiple_choice.choices", "at least one"),
    ("-0002-", "-0001-", 32, "body[11].multiple_choice.id", "used already in content/a/01.yaml, line 26"),
    ('["จด", "หาร"]', '["จด"]', 38, "body[13].ordering.items", "at least 2 in the list"),
]
SPOILT_ANSWERS = [
    ('["ขู่", "มีหมายจับ"]', '["ขู่"]', 13, "body[1].matching.pairs[2]", "at least 2"),
    ('["ขู่", "มีหมายจับ"]', '["ขู่", "มี", "เกิน"]', 13, "body[1].matching.pairs[2]", "at most 2"),
    ("answer: 11.50", 'answer: "11.50"', 16, "body[3].number.answer", "a number"),
    ("answer: 11.50", "answer: .nan", 16, "body[3].number.answer", "a number"),
    ("answer: 11.50", "answer: 0.00001", 16, "body[3].number.answer", "4 after the point"),
    ("answer: 11.50", "answer: 1e999", 16, "body[3].number.answer", "at most 10 digits"),
    ("tolerance: 0.1", "tolerance: -1", 16, "body[3].number.tolerance", "not below 0"),
    ("observed_by: self", "observed_by: nobody", 24, "body[5].task.observed_by", "one of caretaker, self"),
    ('answers: ["1441"]', "answers: [1441]", 15, "body[2].fill_in.answers[1]", "text"),
]


def was_expected(found, line, field, words):
    return [(found_line, name) for _file, found_line, name, message in found if words in message] == [(line, field)]


@pytest.mark.parametrize(("old", "new", "line", "field", "words"), SPOILT)
def test_a_bad_lesson_is_refused_with_its_line(folder, old, new, line, field, words):
    folder.change("a/01.yaml", old, new)
    found = folder.problems()
    assert {file for file, *_ in found} == {"a/01.yaml"}
    assert was_expected(found, line, field, words), found


@pytest.mark.parametrize(("old", "new", "line", "field", "words"), SPOILT_ANSWERS)
def test_bad_answers_are_refused_with_their_line(folder, old, new, line, field, words):
    folder.change("a/02.yaml", old, new)
    found = folder.problems()
    assert was_expected(found, line, field, words), found


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "words"),
    [
        ("topic: entrepreneurship", "topic: cooking", 5, "topic", "one of digital-life"),
        ("level: beginner", "level: expert", 6, "level", "one of beginner, intermediate"),
        ("{min: 4, max: 8}", "{min: 9, max: 8}", 14, "group_activity.people.min", "not above max"),
        ('cover: {picture: basket, alt: "ตะกร้าสาน"}\n', "", 1, "cover", "is missing"),
        ('  - "คิดทุนต่อชิ้นได้"', "  - {}", 9, "outcomes[1]", "text"),
    ],
)
def test_a_bad_course_file_is_refused_with_its_line(folder, old, new, line, field, words):
    folder.change("a/course.yaml", old, new)
    found = folder.problems()
    assert was_expected(found, line, field, words), found


def test_every_problem_is_told_at_once(folder):
    folder.change("a/course.yaml", "level: beginner", "level: expert")
    folder.change("a/01.yaml", "minutes: 10", "minutes: 0")
    folder.change("a/01.yaml", '"2026-11"', '"November"')
    folder.change("a/02.yaml", "slug: price", "slug: PRICE")
    assert [(file, line) for file, line, *_ in folder.problems()] == [
        ("a/01.yaml", 4),
        ("a/01.yaml", 24),
        ("a/02.yaml", 2),
        ("a/course.yaml", 6),
    ]


def test_keys_and_slugs_are_used_once_in_a_folder(folder):
    folder.change("a/02.yaml", "33333333-3333-4333-8333-333333333333", "22222222-2222-4222-8222-222222222222")
    folder.change("a/02.yaml", "slug: price", "slug: costs")
    assert [problem[:3] for problem in folder.problems()] == [
        ("a/02.yaml", 1, "key"),
        ("a/02.yaml", 2, "slug"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 0, "is empty"),
        (b"# only a comment\n", 0, "is empty"),
        (b"key: 1\nslug: \xff\n", 2, "expected UTF-8 text"),
        ("key: 1\ntitle: ทุน\n".encode("tis-620"), 2, "expected UTF-8 text"),
        (b"key: 1\nslug: \0\n", 2, "without control characters"),
        (b"x" * 1_000_001, 0, "is larger than 1 MB"),
        (b"- a list\n", 1, "a mapping with key"),
        (b"[" * 100_000, 1, "too many lists"),
        (b'key: "\\UFFFFFFFF"\n', 0, "is not YAML"),
        (b"%YAML 1.1\n---\nkey: 1\n", 2, "expected YAML 1.2"),
        (b"{[a, b]: 1}\n", 1, "the name of a field"),
    ],
)
def test_what_is_no_lesson_at_all_is_refused(folder, content, line, words):
    folder.write("a/03.yaml", content)
    found = folder.problems()
    assert [(file, at) for file, at, _field, message in found if words in message] == [("a/03.yaml", line)]


def test_a_folder_needs_courses_and_a_course_needs_lessons(folder, tmp_path):
    folder.remove("a/01.yaml")
    folder.remove("a/02.yaml")
    assert [problem[3] for problem in folder.problems()] == ["expected at least one lesson"]
    folder.remove("a/course.yaml")
    assert [problem[3] for problem in folder.problems()] == ["holds no course: a folder with a course.yaml"]
    for path in (tmp_path / "nowhere", tmp_path / "content" / "a" / "x.yaml"):
        with pytest.raises(LoadError, match="is not a folder"):
            load(path)


def test_a_lesson_without_its_course_is_refused(folder):
    folder.remove("a/course.yaml")
    assert folder.problems() == [("a/course.yaml", 0, "", "cannot be read")]


@pytest.mark.parametrize("name", ["a/02.yml", "a/02.YAML", "a/02.Yml"])
def test_a_name_that_would_be_passed_over_is_refused(folder, name):
    folder.rename("a/02.yaml", name)
    assert folder.problems() == [(name, 0, "", "expected a name that ends in .yaml")]


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, os.mkdir, lambda path: path.symlink_to(path), lambda path: path.symlink_to("/dev/zero")],
    ids=["pipe", "folder", "circle", "device"],
)
def test_what_is_no_file_is_refused_and_not_waited_for(folder, make):
    make(folder.path / "a/03.yaml")
    assert folder.problems() == [("a/03.yaml", 0, "", "cannot be read")]


def test_a_byte_order_mark_is_no_obstacle(folder, db):
    folder.write("a/01.yaml", b"\xef\xbb\xbf" + (folder.path / "a/01.yaml").read_bytes())
    assert folder.load()[0].course == "made"


def test_the_command_tells_where_and_changes_nothing(folder, db):
    before = set(Page.objects.values_list("pk", flat=True))
    folder.change("a/02.yaml", "slug: price", "slug: PRICE")
    with pytest.raises(CommandError) as refused:
        call_command("load_courses", folder.path)
    assert "content/a/02.yaml, line 2: slug: expected small letters" in str(refused.value)
    assert set(Page.objects.values_list("pk", flat=True)) == before
    assert not get_image_model().objects.exists()


def test_a_centres_own_course_is_never_written_over(folder, write_course, ban_pua):
    local = write_course(centre=ban_pua)
    type(local).objects.filter(pk=local.pk).update(key="11111111-1111-4111-8111-111111111111")
    assert [problem[1:3] for problem in folder.problems()] == [(1, "key")]
    local.refresh_from_db()
    assert local.title == "คิดทุนให้ครบ"
    assert local.centre == ban_pua


def test_addresses_and_ids_of_other_courses_are_not_taken(folder, write_course, shelf):
    other = write_course()
    type(other).objects.filter(pk=other.pk).update(slug="count-it")
    outline = LessonOutline.objects.filter(course=other.key).first()
    outline.activities["aaaaaaaa-0001-4aaa-8aaa-aaaaaaaaaaaa"] = {"kind": "reflection"}
    outline.save()
    folder.change("a/02.yaml", "33333333-3333-4333-8333-333333333333", str(outline.lesson))
    assert [problem[:3] for problem in folder.problems()] == [
        ("a/01.yaml", 26, "body[10].single_choice.id"),
        ("a/02.yaml", 1, "key"),
        ("a/course.yaml", 2, "slug"),
    ]


PIECES = st.sampled_from(
    ["\n", " ", "- ", ": ", "[", "]", "{", "}", '"', "|", "&a", "*a", "!!map ", "#", "\\u0000", "---"]
)


@given(spot=st.integers(0, 1_600), cut=st.integers(0, 30), put=st.one_of(PIECES, st.text(max_size=8)), data=st.data())
@hypothesis_settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_befalls_a_file_it_is_read_or_refused(folder, spot, cut, put, data):
    name = data.draw(st.sampled_from(["a/course.yaml", "a/01.yaml", "a/02.yaml"]))
    whole = (folder.path / name).read_bytes()
    folder.write(name, whole[:spot] + put.encode("utf-8", "surrogatepass") + whole[spot + cut :])
    try:
        read_folder(folder.path)
    except LoadError as error:
        assert str(error)
    finally:
        folder.write(name, whole)
