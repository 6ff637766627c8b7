"""Who waits for whom. SQLite's writers queue anyway.

Learners are locked before tables, and events before other tables, so that nobody waits in a circle.
"""

from django.db import connection

from courses.models import Enrolment, LearningEvent
from courses.progress import arrays
from lms.accounts.models import User

# As every batch asks it, it is not put together by Django, which takes longer than the database.
LOCKED = f"SELECT 1 FROM {User._meta.db_table} WHERE id = ANY(%s::uuid[]) ORDER BY id FOR NO KEY UPDATE"


def lock_learners(learners):
    """Let nobody else change these learners' state until the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCKED, [arrays.literal(map(str, learners))])


def hold_recording():
    """Let nobody record, nor move what is counted of people, until the end of the transaction."""
    _lock((LearningEvent, Enrolment), "SHARE ROW EXCLUSIVE")


def wait_for_holder():
    """Go on when nobody holds recording, and let nobody hold it until the end: for who moves counts without events."""
    _lock((LearningEvent,), "ROW EXCLUSIVE")


def _lock(models, mode):
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN {mode} MODE")
