"""The bank of a centre's questions: found, made, changed, and put into lessons, by those whose bank it is."""

from functools import partial

import pytest

from courses.authoring.bank.forms import make
from courses.authoring.bank.questions import words_of
from courses.authoring.drafts import local_course, make_draft
from courses.models import BankQuestion, LessonPage
from lms.centres.merging import merge
from tests.counting import queries_for_one_and_for_many
from tests.courses.authoring.conftest import form_of
from tests.courses.conftest import QUESTIONS
from tests.many import many_lessons

LIST = "/studio/questions/"
SAYS = {"true_false": "statement", "task": "title"}
CHOICES = QUESTIONS["single_choice"]["choices"]


@pytest.fixture
def at_desk(client, nok):
    client.force_login(nok)
    return client


def test_whose_questions_they_are(keep, ban_pua, nok, kham, ek, somsri):
    own, theirs = keep(), keep(centre=ban_pua)
    assert list(BankQuestion.objects.visible_to(nok)) == [own]
    assert list(BankQuestion.objects.visible_to(kham)) == [theirs]
    assert list(BankQuestion.objects.visible_to(ek)) == [own]
    assert not BankQuestion.objects.visible_to(somsri).exists()
    assert list(BankQuestion.objects.kept_by(nok)) == [own]
    assert not BankQuestion.objects.kept_by(ek).exists()


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_is_made_by_its_form_and_changed_by_it(kind, at_desk, ban_nong_bua, nok):
    answer = at_desk.post(f"{LIST}new/{kind}/", form_of(QUESTIONS[kind]))
    assert answer.status_code == 302, answer.context["form"].errors
    kept = BankQuestion.objects.get()
    assert (kept.kind, kept.centre, kept.created_by) == (kind, ban_nong_bua, nok)
    says = SAYS.get(kind, "question")
    assert kept.title == QUESTIONS[kind][says]
    assert at_desk.get(f"{LIST}{kept.pk}/").status_code == 200
    at_desk.post(f"{LIST}{kept.pk}/", form_of(QUESTIONS[kind] | {says: "ถามใหม่"}))
    kept.refresh_from_db()
    assert (kept.title, kept.created_by) == ("ถามใหม่", nok)
    assert "ถามใหม่" in kept.search_text


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_is_shown_as_a_learner_sees_it_before_and_after_it_is_filled_in(kind, at_desk):
    address = f"{LIST}preview/{kind}/"
    assert "None" not in at_desk.get(address).content.decode()
    shown = at_desk.post(address, form_of(QUESTIONS[kind]))
    assert QUESTIONS[kind][SAYS.get(kind, "question")] in shown.content.decode()
    assert not BankQuestion.objects.exists()


def test_what_is_missing_is_said_and_nothing_is_lost(at_desk):
    wrong = QUESTIONS["single_choice"] | {"choices": [choice | {"correct": False} for choice in CHOICES]}
    answer = at_desk.post(f"{LIST}new/single_choice/", form_of(wrong))
    assert answer.status_code == 400
    assert answer.context["form"].draft()["question"] == "ข้อใดลืมบ่อย"
    assert not BankQuestion.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"value-question": "x"},
        {"value-question": "x", "value-choices-count": "999999999"},
        {"value-question": "x", "value-choices-count": "-1"},
        {"value-question": "x", "value-choices-count": "y"},
        {"value-question": "x", "value-choices-count": "2"},
        {"value-question": "\0", "value-choices-count": "0"},
    ],
)
@pytest.mark.parametrize("address", [f"{LIST}new/single_choice/", f"{LIST}preview/single_choice/"])
def test_a_form_that_is_none_is_refused_and_not_our_fault(sent, address, at_desk):
    assert at_desk.post(address, sent).status_code in (200, 400)
    assert not BankQuestion.objects.exists()


def test_thai_words_are_found_inside_phrases_and_by_kind(at_desk, keep):
    banana, rice = keep("fill_in", question="กล้วยตากขายถุงละเท่าไร"), keep("number", question="ข้าวกี่กิโล")

    def found(**asked):
        return [row["question"] for row in at_desk.get(LIST, asked).context["rows"]]

    assert found() == [rice, banana]
    assert found(q="ตาก ขาย") == [banana]
    assert found(q="ต้นทุน") == [banana]  # an answer of it
    assert found(q="ข่าว") == []
    assert found(kind="number") == [rice]
    assert found(kind="x") == [rice, banana]
    assert found(q="\0") == [rice, banana]


def test_the_bank_costs_the_same_queries_for_one_and_for_many(at_desk, ban_nong_bua, nok):
    value = {"question": "ท่านขายอะไร", "hint": ""}

    def more(count):
        BankQuestion.objects.bulk_create(make(ban_nong_bua, nok, "reflection", value) for _n in range(count))

    more(1)
    assert queries_for_one_and_for_many(lambda: at_desk.get(LIST).context["page"].paginator.count, more) <= 30


def test_the_lessons_to_choose_from_cost_the_same_queries_for_one_and_for_many(at_desk, keep, draft):
    question = keep()

    def ask():
        return at_desk.get(f"{LIST}{question.pk}/lesson/").context["page"].paginator.count

    assert queries_for_one_and_for_many(ask, partial(many_lessons, draft.course)) <= 30


def test_a_question_goes_into_a_draft_with_an_id_of_its_own(at_desk, keep, draft, nok):
    question = keep("number")
    answer = at_desk.post(f"{LIST}{question.pk}/lesson/", {"lesson": draft.pk})
    assert answer["Location"] == f"/studio/pages/{draft.pk}/edit/"
    at_desk.post(f"{LIST}{question.pk}/lesson/", {"lesson": draft.pk})
    later = LessonPage.objects.get(pk=draft.pk).get_latest_revision()
    blocks = list(later.as_object().body)
    assert [block.block_type for block in blocks] == ["text", "number", "number"]
    assert len({block.id for block in blocks}) == 3
    assert str(question.pk) not in {block.id for block in blocks}
    assert later.user == nok
    assert words_of(question.value) in words_of(later.as_object().body.raw_data[1]["value"])


def test_a_published_lesson_stays_as_it_is_until_its_draft_is_published(at_desk, keep, draft):
    draft.save_revision().publish()
    at_desk.post(f"{LIST}{keep().pk}/lesson/", {"lesson": draft.pk})
    lesson = LessonPage.objects.get(pk=draft.pk)
    assert len(lesson.body) == 1
    assert lesson.has_unpublished_changes


def test_a_locked_lesson_takes_no_question(at_desk, keep, draft, kham):
    draft.locked, draft.locked_by = True, kham
    draft.save()
    at_desk.post(f"{LIST}{keep().pk}/lesson/", {"lesson": draft.pk})
    assert len(LessonPage.objects.get(pk=draft.pk).get_latest_revision_as_object().body) == 1


def test_questions_of_a_lesson_are_kept_in_its_centres_bank(at_desk, keep, draft, ban_nong_bua):
    at_desk.post(f"{LIST}{keep('number').pk}/lesson/", {"lesson": draft.pk})
    BankQuestion.objects.all().delete()
    page = at_desk.get(f"{LIST}of-lesson/{draft.pk}/")
    [row] = page.context["rows"]
    assert at_desk.post(f"{LIST}of-lesson/{draft.pk}/").status_code == 200  # nothing was ticked
    at_desk.post(f"{LIST}of-lesson/{draft.pk}/", {"block": [row["id"], "x"]})
    kept = BankQuestion.objects.get()
    assert (kept.kind, kept.centre) == ("number", ban_nong_bua)
    assert kept.value["answer"] == "120"


def test_taking_a_question_out_asks_once_more_and_leaves_lessons_alone(at_desk, keep, draft):
    question = keep()
    at_desk.post(f"{LIST}{question.pk}/lesson/", {"lesson": draft.pk})
    assert at_desk.get(f"{LIST}{question.pk}/remove/").status_code == 200
    assert BankQuestion.objects.exists()
    at_desk.post(f"{LIST}{question.pk}/remove/")
    assert not BankQuestion.objects.exists()
    assert len(LessonPage.objects.get(pk=draft.pk).get_latest_revision_as_object().body) == 2


def test_another_one_like_it(at_desk, keep):
    question = keep()
    at_desk.post(f"{LIST}{question.pk}/copy/")
    assert [each.value for each in BankQuestion.objects.all()] == [question.value] * 2


def test_a_caretaker_of_two_centres_says_whose_bank(at_desk, ban_pua, nok):
    ban_pua.appoint_caretaker(nok)
    sent = form_of(QUESTIONS["reflection"])
    assert at_desk.post(f"{LIST}new/reflection/", sent).status_code == 400
    assert at_desk.post(f"{LIST}new/reflection/", sent | {"centre": ban_pua.pk}).status_code == 302
    assert BankQuestion.objects.get().centre == ban_pua


def addresses(question, lesson):
    one = f"{LIST}{question.pk}/"
    return [one, f"{one}seen/", f"{one}copy/", f"{one}remove/", f"{one}lesson/", f"{LIST}of-lesson/{lesson.pk}/"]


def test_the_questions_of_another_centre_are_not_found(client, keep, draft, kham):
    question = keep()
    client.force_login(kham)
    for address in addresses(question, draft):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (404, 405), address
    assert client.get(LIST).context["rows"] == []
    assert BankQuestion.objects.get() == question


def test_a_question_goes_into_no_lesson_of_another_centre(at_desk, keep, ban_pua, kham, draft):
    theirs = make_draft(local_course(ban_pua, kham), kham, title="ของปัว")
    for lesson in (theirs.pk, "x", "", "9" * 30):
        assert at_desk.post(f"{LIST}{keep().pk}/lesson/", {"lesson": lesson}).status_code == 404


def test_who_reviews_sees_and_changes_nothing(client, keep, ek):
    question = keep()
    client.force_login(ek)
    assert [row["question"] for row in client.get(LIST).context["rows"]] == [question]
    assert client.get(f"{LIST}{question.pk}/seen/").status_code == 200
    for address in (f"{LIST}{question.pk}/", f"{LIST}{question.pk}/remove/", f"{LIST}new/", f"{LIST}new/number/"):
        assert client.get(address).status_code == 404, address


def test_learners_and_visitors_find_no_bank(client, keep, somsri):
    question = keep()
    for address in (LIST, f"{LIST}{question.pk}/seen/"):
        assert client.get(address).status_code == 302  # to sign in
    client.force_login(somsri)
    for address in (LIST, f"{LIST}{question.pk}/seen/"):
        assert client.get(address).status_code in (302, 404)


def test_the_bank_goes_on_where_its_centre_goes_on(keep, ban_nong_bua, ban_pua):
    question = keep()
    merge(ban_nong_bua, ban_pua)
    question.refresh_from_db()
    assert question.centre == ban_pua
