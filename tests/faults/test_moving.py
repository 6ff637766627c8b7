"""A machine with SQLite becomes a hub with PostgreSQL, and everything is there."""

import pytest

from tests.hub import as_hub
from tests.postgres import CopyOf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]

WHAT_IS_THERE = """
import hashlib, json
from django.test import Client
from courses.models import CoursePage, LearningEvent, LessonPage, LessonProgress
from lms.accounts.models import User
from wagtail.documents.models import Document
nok = User.objects.get(username="nok")
client = Client(headers={"host": "127.0.0.1"})
client.force_login(nok)
print(nok.pk, nok.date_joined.isoformat(), nok.check_password("sala-demo-nok"), LearningEvent.objects.count())
events = LearningEvent.objects.order_by("pk").values_list("learner", "id", "occurred_at", "answer", "correct", "course")
kept = LessonProgress.objects.order_by("learner", "lesson").values_list("learner", "lesson", "answers", "finished_at")
bodies = [list(page.body.raw_data) for page in LessonPage.objects.order_by("pk")]
for rows in (events, kept, bodies):
    print(len(rows), hashlib.sha256(json.dumps(list(rows), default=str, sort_keys=True).encode()).hexdigest())
print(client.get("/courses/").status_code, client.get("/desk/").status_code)
page = CoursePage.objects.first()
print(page.pk in [found.pk for found in CoursePage.objects.all().search(page.title)])
Document.objects.create(title="new", file="x.txt")
"""
IDS = "SELECT count(*) FROM courses_learningevent_others"


def test_a_machine_becomes_a_hub_with_all_that_was_learned(prepared_site, postgres, tmp_path):
    before = as_hub(prepared_site.copy_to(tmp_path / "before"))
    before.manage("back_up", str(tmp_path / "backup"))
    with CopyOf(postgres) as server:
        after = as_hub(prepared_site.copy_to(tmp_path / "after", database=server.url))
        with pytest.raises(AssertionError, match="there are people in this database already"):
            after.manage("take_over", str(tmp_path / "backup"))
        server.ask("TRUNCATE accounts_user CASCADE")
        assert "state and counts agree" in after.manage("take_over", str(tmp_path / "backup"))
        assert after.shell(WHAT_IS_THERE) == before.shell(WHAT_IS_THERE)
        assert server.ask(IDS) == (0,)
