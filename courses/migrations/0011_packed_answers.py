"""A learner's answers become packed bytes, a quarter of the JSON; and a lesson knows when a task of it was looked at.

Some two minutes for a million lessons begun. Nothing is lost on the way, so that it can be undone.
"""

from django.db import migrations, models
from django.utils.dateparse import parse_datetime

from courses.models.answers import PackedAnswers

AT_ONCE = 1_000  # learners


def pack(apps, schema_editor):
    progress = apps.get_model("courses", "LessonProgress").objects.using(schema_editor.connection.alias)
    for row in _each(progress):
        answers = {activity: _whole(entry) for activity, entry in row.answers.items()}
        looks = [entry["check"]["at"] for entry in answers.values() if "check" in entry]
        checked_at = parse_datetime(max(looks)) if looks else None
        _same(progress, row).update(packed=answers, checked_at=checked_at)


def unpack(apps, schema_editor):
    progress = apps.get_model("courses", "LessonProgress").objects.using(schema_editor.connection.alias)
    for row in _each(progress):
        _same(progress, row).update(answers=row.packed)


def _each(progress):
    """Everything that was begun, by some learners at a time: SQLite cannot write to what it is still reading."""
    learners = list(progress.order_by("learner_id").values_list("learner_id", flat=True).distinct())
    for start in range(0, len(learners), AT_ONCE):
        yield from list(progress.filter(learner_id__in=learners[start : start + AT_ONCE]))


def _same(progress, row):
    return progress.filter(learner_id=row.learner_id, lesson=row.lesson)


def _whole(entry):
    """Of the first releases' data some lacks what is named since."""
    return {"at": "", "event": "", "answer": None, "correct": None, "score": None, "tries": 0, "solved_at": None} | entry


class Migration(migrations.Migration):

    dependencies = [("courses", "0010_turned_away")]

    operations = [
        migrations.AddField("lessonprogress", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField("lessonprogress", "packed", PackedAnswers(default=dict)),
        migrations.RunPython(pack, unpack),
        migrations.RemoveField("lessonprogress", "answers"),
        migrations.RenameField("lessonprogress", "packed", "answers"),
    ]
