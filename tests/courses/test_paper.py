"""A lesson as it is printed: what is asked, what is left to write, and the answers at the end."""

from bs4 import BeautifulSoup
from django.utils import timezone

from courses.models import LearningEvent
from lms.accounts.templatetags.dates import day
from tests.courses.conftest import HINT_OF_WRONG, QUESTIONS, WHY


def sheet(client, workshop):
    page = BeautifulSoup(client.get(f"{workshop.url}print/").content, "html.parser")
    return page.select_one(".paper article"), page.select_one(".paper .answers")


def test_every_kind_is_asked_on_paper_without_its_answer(client, workshop):
    asked, _answers = sheet(client, workshop)
    assert len(asked.select(".question")) == len(QUESTIONS)
    assert WHY not in asked.text
    assert HINT_OF_WRONG not in asked.text
    assert "ต้นทุน" not in asked.text
    items = [item.text.strip() for item in asked.select(".question")[3].select("li")]
    assert sorted(items) == sorted(QUESTIONS["ordering"]["items"]) != items
    assert len(asked.select(".question")[7].select(".blank")) == 4  # to think it over
    assert len(asked.select(".question")[8].select(".box")) == 2  # hands on
    assert not asked.select("input, button, audio")


def test_the_answers_stand_at_the_end_with_their_reasons(client, workshop):
    asked, answers = sheet(client, workshop)
    found = {int(item["value"]): item.get_text(" ", strip=True) for item in answers.select("li")}
    assert list(found) == [1, 2, 3, 4, 5, 6, 7]  # nothing is right or wrong in what one thinks or does
    assert found[1] == f"ค่าแรง {WHY}"
    assert found[3] == f"จริง {WHY}"
    assert found[4] == f"1. จด 2. บวก 3. หาร {WHY}"
    assert found[6] == f"ทุน / ต้นทุน {WHY}"
    assert found[7] == f"120 บาท {WHY}"
    letters = {text.b.text: text.span.text for text in asked.select(".sides ul:last-child li")}
    for pair in QUESTIONS["matching"]["pairs"]:
        letter = next(letter for letter, right in letters.items() if right == pair["right"])
        assert f"{pair['left']}: {letter} {pair['right']}" in found[5]


def test_the_sheet_names_course_lesson_and_day_and_starts_nothing(
    client, somsri, workshop, django_assert_max_num_queries
):
    client.force_login(somsri)
    sheet(client, workshop)
    with django_assert_max_num_queries(3):
        page = client.get(f"{workshop.url}print/")
    assert day(timezone.localdate()) in page.text
    assert str(timezone.localdate().year + 543) in page.text
    assert "ทุกแบบ" in page.text
    assert not LearningEvent.objects.exists()


def test_the_lesson_leads_to_its_sheet(client, workshop):
    assert f'href="{workshop.url}print/"' in client.get(workshop.url).text
