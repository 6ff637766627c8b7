"""Erasing somebody while events about them come in, and two retention jobs at once: nothing is left."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]

ERASE = """
import threading
from django.db import connection
from django.utils import timezone
from courses.models import Enrolment, LearningEvent, LessonOutline, LessonProgress, RejectedEvent
from courses.progress import Event, record
from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.models import Centre
from lms.network.erasing import erase
nok = User.objects.get(username="nok")
centre = Centre.objects.cared_for_by(nok).first()
lesson = LessonOutline.objects.first().lesson
failed, verdicts = [], set()
def tried(what, *arguments):
    try:
        what(*arguments)
    except Exception as problem:
        failed.append(repr(problem))
    connection.close()
def write(person, start):
    start.wait()
    for _ in range(20):
        event = Event(id=uuid7(), learner=person.pk, lesson=lesson, verb="started", occurred_at=timezone.now())
        [verdict] = record([event], by=nok)
        verdicts.add((verdict.status, verdict.reason or ""))
def remove(person, start):
    start.wait()
    erase(person, nok)
for turn in range(10):
    person = User.objects.create_user(name=f"meanwhile {turn}", age_band="60+")
    centre.welcome(person)
    start = threading.Barrier(4)
    work = [(write, person, start)] * 2 + [(remove, person, start)] * 2
    threads = [threading.Thread(target=tried, args=each) for each in work]
    for thread in threads: thread.start()
    for thread in threads: thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    for model in (LearningEvent, LessonProgress, Enrolment):
        assert not model.objects.filter(learner_id=person.pk).exists(), model
    assert not User.objects.filter(pk=person.pk).exists()
    assert not [each for each in RejectedEvent.objects.all() if str(person.pk) in str(each.payload)]
print(failed, verdicts - {("accepted", ""), ("rejected", "unknown_learner")})
"""

KEEP = """
import threading
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from lms.accounts.models import User
from lms.centres.models import AuditEntry, Centre, HomeCentre
from lms.network.retention import keep_to
centre = Centre.objects.cared_for_by(User.objects.get(username="nok")).first()
today, long_ago = timezone.localdate(), timezone.now() - timedelta(days=4 * 365)
people = []
for number in range(20):
    person = User.objects.create_user(name=f"away {number}", age_band="60+", date_joined=long_ago)
    centre.welcome(person)
    people.append(person.pk)
HomeCentre.objects.filter(learner__in=people).update(
    since=long_ago.date(), asked_to_stay_on=today - timedelta(days=100)
)
failed, start = [], threading.Barrier(2)
def keep():
    start.wait()
    try:
        keep_to()
    except Exception as problem:
        failed.append(repr(problem))
    connection.close()
jobs = [threading.Thread(target=keep) for _ in range(2)]
for job in jobs: job.start()
for job in jobs: job.join(120)
erased = AuditEntry.objects.filter(subject__in=people, action="erased").count()
print(failed, any(job.is_alive() for job in jobs), User.objects.filter(pk__in=people).count(), erased)
"""


def test_whoever_is_erased_while_events_about_them_come_in_leaves_nothing(postgres_site):
    assert postgres_site.shell(ERASE) == "[] set()\n"


def test_two_retention_jobs_at_once_erase_everybody_once(postgres_site):
    assert postgres_site.shell(KEEP) == "[] False 0 20\n"
