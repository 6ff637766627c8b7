"""The pages of importing: who may send and see what, waiting, and the report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from courses.authoring.importing import limits, work
from courses.models import LessonImport
from lms.accounts.models import User
from tests.counting import queries_for_one_and_for_many

ADDRESS = "/studio/import/"


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """Which imports were begun in the background; none is."""
    begun = []
    monkeypatch.setattr(work, "_start", begun.append)
    return begun


@pytest.fixture
def browser(nok):
    browser = Client()
    browser.force_login(nok)
    return browser


def send(browser, data, name="banana.docx", **fields):
    return browser.post(ADDRESS, {"file": SimpleUploadedFile(name, data), **fields})


def text(answer):
    return answer.content.decode()


def test_a_caretaker_sends_a_file_waits_and_reads_what_came_over(
    browser, sample, started, ban_nong_bua, shelf, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(browser, sample("banana.docx"), centre=ban_nong_bua.pk)
    batch = LessonImport.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{ADDRESS}{batch.pk}/")
    assert started == [batch.pk]
    waiting = text(browser.get(answer.url))
    assert "<progress" in waiting and 'http-equiv="refresh"' in waiting
    work.take_up(batch.pk)
    report = text(browser.get(answer.url))
    assert "กล้วยตากบ้านหนองบัว" in report and "วิธีทำ" in report and "<progress" not in report
    assert 'http-equiv="refresh"' not in report
    state = text(browser.get(answer.url + "?part=state"))
    assert "data-finished" in state and "<html" not in state
    assert "banana.docx" in text(browser.get(ADDRESS))


def test_a_refused_file_is_told_in_the_readers_language(browser, taken_over):
    batch = taken_over(b"MZ program", "game.pptx")
    page = text(browser.get(f"{ADDRESS}{batch.pk}/"))
    assert "นี่คือโปรแกรม" in page
    with translation.override("en"):
        from courses.authoring.importing import words

        assert words.problem(batch.report["problem"]).startswith("This is a program.")


@pytest.mark.parametrize("person", ["somsri", "ek", "wipha"])
def test_whoever_writes_for_no_centre_finds_no_such_page(person, request, sent, sample):
    batch = sent(sample("banana.docx"), "banana.docx")
    browser = Client()
    browser.force_login(request.getfixturevalue(person))
    for address in (ADDRESS, f"{ADDRESS}{batch.pk}/"):
        answer = browser.get(address)
        assert answer.status_code in (302, 403, 404)
        assert "banana" not in text(answer)
    assert send(browser, b"x").status_code in (302, 403, 404)
    assert LessonImport.objects.count() == 1


def test_another_centres_import_is_not_found_and_not_listed(kham, sent, sample):
    batch = sent(sample("banana.docx"), "banana.docx")
    browser = Client()
    browser.force_login(kham)
    assert browser.get(f"{ADDRESS}{batch.pk}/").status_code == 404
    assert "banana" not in text(browser.get(ADDRESS))


def test_a_file_cannot_be_sent_to_another_centre_nor_into_its_courses(browser, ban_pua, ban_nong_bua, write_course):
    theirs, national = write_course(centre=ban_pua), write_course()
    assert send(browser, b"x", centre=ban_pua.pk).status_code == 400
    for course in (theirs, national):
        assert send(browser, b"x", centre=ban_nong_bua.pk, course=course.pk).status_code == 400
    assert not LessonImport.objects.exists()


@pytest.mark.parametrize("data", [{}, {"file": "text"}, {"file": SimpleUploadedFile("a.pdf", b""), "centre": "x"}])
def test_a_form_with_something_wrong_says_so(browser, data, shelf):
    answer = browser.post(ADDRESS, data)
    assert answer.status_code == 400
    assert "w-field__errors" in text(answer) or "help-critical" in text(answer)


def test_one_file_at_a_time(browser, sent, sample, ban_nong_bua):
    sent(sample("banana.docx"), "banana.docx")
    answer = send(browser, sample("banana.docx"), centre=ban_nong_bua.pk)
    assert answer.status_code == 400
    assert LessonImport.objects.count() == 1


def test_what_is_too_large_is_refused_before_it_is_read(nok, ban_nong_bua, shelf):
    """And before its token is looked for, which stands in what would have to be read."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nok)
    answer = browser.post(
        ADDRESS, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(limits.FILE * 2)
    )
    assert answer.status_code == 413
    assert "25" in text(answer)
    assert not LessonImport.objects.exists()


def test_a_form_from_elsewhere_is_refused(nok, sample, ban_nong_bua):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nok)
    assert send(browser, sample("banana.docx"), centre=ban_nong_bua.pk).status_code == 403
    assert not LessonImport.objects.exists()


def test_a_look_at_an_import_that_nobody_works_at_begins_it_again(
    browser, sent, sample, started, django_capture_on_commit_callbacks
):
    batch = sent(sample("banana.docx"), "banana.docx")
    with django_capture_on_commit_callbacks(execute=True):
        browser.get(f"{ADDRESS}{batch.pk}/?part=state")
    assert started == [batch.pk]


def test_the_list_costs_the_same_for_one_and_for_many(browser, sent):
    def ask():
        return text(browser.get(ADDRESS)).count(".pdf</a>")

    def add(count):
        centre, made_by = LessonImport.objects.values_list("centre", "made_by").get()
        LessonImport.objects.bulk_create(
            LessonImport(centre_id=centre, made_by_id=made_by, file_name=f"{n}.pdf", state="failed")
            for n in range(count)
        )

    sent(b"x", "one.pdf", state="failed")
    queries_for_one_and_for_many(ask, add, shown=20)


def test_a_file_that_waits_is_shown_to_nobody_by_its_address(sent, sample, client):
    batch = sent(sample("banana.docx"), "banana.docx")
    for address in (f"/media/{batch.file.name}", f"/media/x/../{batch.file.name}", f"/media//{batch.file.name}"):
        assert client.get(address).status_code == 404
    root = User.objects.create_superuser("root", "password-of-root")
    client.force_login(root)
    assert client.get(f"/media/{batch.file.name}").status_code == 404
