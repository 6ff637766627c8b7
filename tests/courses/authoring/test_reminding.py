"""Nobody waits unseen."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from courses.authoring.review.asking import submit
from courses.models import LessonReview, ReviewReminder
from lms.accounts.models import User


@pytest.fixture
def waits_long(silk, nok):
    review = submit(silk, nok)
    LessonReview.objects.update(submitted_at=timezone.now() - timedelta(days=3, minutes=1))
    return review


def remind():
    out = StringIO()
    call_command("remind_reviewers", stdout=out)
    return out.getvalue()


def with_address(user):
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.go.th")


def test_who_reviews_gets_one_mail_a_day_of_what_waits_for_three_days(waits_long, ek):
    with_address(ek)
    assert "ek: 1 waiting, mailed" in remind()
    remind()
    assert [message.to for message in mail.outbox] == [["ek@example.go.th"]]
    said = mail.outbox[0].subject + mail.outbox[0].body
    for words in ("เลี้ยงไหมบ้านเรา", "รอมา 3 วัน", "/studio/reviews/"):
        assert words in said
    ReviewReminder.objects.update(on=timezone.localdate() - timedelta(days=1))
    remind()
    assert len(mail.outbox) == 2


def test_nothing_is_mailed_to_who_has_no_address_or_has_nothing_that_waits_so_long(waits_long, ek, nok, kham):
    with_address(nok)
    with_address(kham)
    assert "ek: 1 waiting, told on the home screen" in remind()
    with_address(ek)
    LessonReview.objects.update(submitted_at=timezone.now() - timedelta(days=2, hours=23))
    assert remind() == ""
    assert mail.outbox == []


def test_where_there_is_no_core_member_the_nations_editors_are_reminded(waits_long, prae):
    with_address(prae)
    assert "prae: 1 waiting, mailed" in remind()


def test_where_there_is_no_editor_either_a_superuser_is(waits_long, wipha):
    User.objects.create_superuser("root", email="root@example.go.th")
    assert remind() == "root: 1 waiting, mailed\n"


def test_a_mail_that_could_not_be_sent_is_tried_again(waits_long, ek, settings, caplog):
    with_address(ek)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "told on the home screen" in remind()
    assert "could not be sent" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "mailed" in remind()


def test_officers_and_core_members_see_it_on_their_home_screen(waits_long, ek, prae, client):
    client.force_login(ek)
    assert "1 บทรอท่านดู" in client.get("/ministry/").content.decode()
    client.force_login(prae)
    assert "รอท่านดู" not in client.get("/ministry/").content.decode()  # there is a core member
    ek.appointments.get().end(timezone.localdate() - timedelta(days=1))
    assert "1 บทรอท่านดู" in client.get("/ministry/").content.decode()
