"""A learner's certificates on the screen, and who else opens them."""

import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.certificates import rename
from courses.models import Certificate
from lms.centres.models import AuditEntry


@pytest.fixture
def browser():
    """browser(somsri): signed in as somebody."""

    def make(person):
        client = Client()
        client.force_login(person)
        return client

    return make


def test_it_waits_on_every_page_that_says_the_course_is_finished(browser, finish, somsri, course, nok):
    finish(somsri, course)
    address = f"/certificates/{somsri.pk}/{course.key}/"
    own, desk = browser(somsri), browser(nok)
    for client, page in [
        (own, f"/courses/{course.slug}/finished/"),
        (own, "/notebook/"),
        (own, "/certificates/"),
        (desk, f"/desk/learners/{somsri.pk}/"),
    ]:
        assert address in client.get(page).content.decode(), page
    assert 'href="/certificates/"' in own.get("/").content.decode()
    assert not Certificate.objects.exists()  # until it is opened


def test_opening_it_gives_it(browser, finish, somsri, course):
    finish(somsri, course)
    answer = browser(somsri).get(f"/certificates/{somsri.pk}/{course.key}/", follow=True)
    page = answer.content.decode()
    for said in ("ป้าสมศรี", "คิดทุนให้ครบ", "32-25", "ขอมอบใบรับรองนี้ให้"):
        assert said in page
    assert Certificate.objects.get().learner_id == somsri.pk
    assert not AuditEntry.objects.exists()


def test_a_course_that_is_not_finished_has_none(browser, did, somsri, course):
    did(somsri, course.lessons()[0], "finished")
    assert browser(somsri).get(f"/certificates/{somsri.pk}/{course.key}/").status_code == 404
    assert "ยังไม่มีใบรับรอง" in browser(somsri).get("/certificates/").content.decode()


def test_the_paper_is_a_pdf_for_the_same_people(browser, given, somsri, nok, kham):
    address = f"/certificates/{given.number}/pdf/"
    answer = browser(somsri).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert browser(nok).get(address).content == answer.content
    assert browser(kham).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_caretakers_look_is_written_down(browser, given, somsri, nok, kham):
    address = f"/certificates/{given.number}/"
    assert "ป้าสมศรี" in browser(nok).get(address).content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.subject, entry.detail) == (nok.pk, somsri.pk, "certificate")
    assert browser(kham).get(address).status_code == 404


def test_nobody_has_one_made_for_the_other_centres_learner(browser, finish, somsri, course, kham, fah):
    finish(somsri, course)
    for person in (kham, fah):
        assert browser(person).get(f"/certificates/{somsri.pk}/{course.key}/").status_code == 404
    assert not Certificate.objects.exists()


def test_the_old_number_leads_to_the_new_one(browser, given, somsri):
    somsri.name = "นางสมศรี"
    somsri.save()
    rename(somsri)
    own = browser(somsri)
    page = own.get(f"/certificates/{given.number}/", follow=True).content.decode()
    assert "นางสมศรี" in page
    assert own.get(f"/certificates/{given.number}/pdf/").status_code == 404
    assert own.get(f"/certificates/{given.number}/badge/").status_code == 404


def test_without_its_key_the_page_says_what_to_do(browser, given, finish, thongbai, course, settings):
    settings.SALA_CODE_KEY = "another"
    finish(thongbai, course)
    answer = browser(thongbai).get(f"/certificates/{thongbai.pk}/{course.key}/")
    assert answer.status_code == 503
    assert "สิ่งที่เรียนไว้ยังอยู่ครบ" in answer.content.decode()


def test_the_list_asks_as_often_for_four_as_for_one(browser, finish, somsri, course, write_course):
    own = browser(somsri)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            rows = own.get("/certificates/").context["rows"]
        return len(rows), len(asked)

    finish(somsri, course)
    queries()
    one, asked_for_one = queries()
    for n in range(3):
        finish(somsri, write_course(f"วิชา {n}", lessons=1))
    assert (one, *queries()) == (1, 4, asked_for_one)


def test_the_address_on_the_paper_is_the_sites_own(browser, given, somsri, settings):
    settings.SALA_ADDRESS = "https://sala.example.go.th"
    page = browser(somsri).get(f"/certificates/{given.number}/").content.decode()
    assert f"https://sala.example.go.th/check/{given.statement}/" in page


def test_a_process_that_signs_nothing_reads_no_cryptography():
    """It would be memory of every web server."""
    code = (
        "import django, sys; django.setup(); import lms.urls; from courses.views import certificates, check\n"
        "print([name for name in ('typst', 'cryptography') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"DJANGO_SETTINGS_MODULE": "lms.settings.test"},
    )
    assert ran.stdout.strip() == "[]", ran.stderr
