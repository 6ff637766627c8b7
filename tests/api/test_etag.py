"""A program that has an answer already is told so in a few bytes."""

import pytest
from django.test import Client

from tests.api.test_lists import LISTS

DETAILS = ["learners/{learner}/", "courses/{course}/", "centres/TH-32-0001/", "statistics/completions/?by=centre"]


@pytest.fixture
def address(course, somsri, thongbai, learn):
    learn(somsri, course.lessons()[0])
    learn(thongbai, course.lessons()[0])
    return lambda path: "/api/v1/" + path.format(course=course.key, learner=somsri.pk)


@pytest.mark.parametrize("path", [*LISTS, *DETAILS, "progress/", "learners/?limit=1"])
def test_the_same_answer_is_not_sent_again(api, nok, address, path):
    program = api(nok)
    first = program.get(address(path))
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "private, no-cache"
    again = program.get(address(path), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    for answer in (first, again):
        vary = {name.strip() for name in answer["Vary"].split(",")}
        assert vary >= {"Accept", "Accept-Language", "Authorization", "Cookie"}
        assert answer["Cache-Control"] == "private, no-cache"


def test_what_changed_is_sent(api, nok, somsri, course, learn, address):
    program = api(nok)
    first = program.get(address("learners/"))
    learn(somsri, course.lessons()[1])
    again = program.get(address("learners/"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200 and again["ETag"] != first["ETag"]


def test_tags_tell_languages_and_people_apart(api, nok, kham, address):
    thai, english = (api(nok, language).get(address(DETAILS[3]))["ETag"] for language in ("th", "en"))
    assert thai != english
    assert api(nok).get(address("learners/"))["ETag"] != api(kham).get(address("learners/"))["ETag"]


def test_a_packed_answer_has_the_same_tag(api, nok, ban_nong_bua, crowd, address):
    crowd(ban_nong_bua, 20)
    program = api(nok)
    plain = program.get(address("learners/"))
    packed = program.get(address("learners/"), headers={"Accept-Encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["ETag"]) == ("gzip", plain["ETag"])
    head = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert program.get(address("learners/"), headers=head).status_code == 304


def test_a_shared_machine_keeps_nothing(nok, address):
    browser = Client()
    browser.force_login(nok)
    answer = browser.get(address("learners/"))
    assert answer["Cache-Control"] == "no-store" and "ETag" in answer


def test_a_refusal_and_a_sheet_have_no_tag_and_are_not_kept(api, nok, address):
    for path in ("learners/?limit=0", "learners/?format=csv", "learners/?format=xlsx"):
        answer = api(nok).get(address(path))
        assert "ETag" not in answer
        assert answer["Cache-Control"] in ("no-store", "private, no-cache")
        if answer.streaming:
            assert answer["Cache-Control"] == "no-store"
