"""On PostgreSQL, answers in events become text: as jsonb they took four times as many bytes.

It writes all events anew, about two minutes for twenty million of them. The index of arrivals is made without room
between its entries, as new ones only come at its end; where invented people had been made it was not there at all.
"""

from django.db import migrations

import courses.models.answer_text

TABLE = "courses_learningevent"
APART = """
SELECT relname FROM pg_class c WHERE relkind = 'r' AND relname ~ %s AND relnamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)"""


def to_text(apps, schema_editor):
    _change(schema_editor, "text", "WITH (fillfactor = 100)")


def to_jsonb(apps, schema_editor):
    _change(schema_editor, "jsonb", "")


def _change(schema_editor, kind, room):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX events_as_they_came, events_of_a_recorder")
        cursor.execute(APART, [f"^{TABLE}_[0-9]{{6}}$"])
        for table in [TABLE, *(name for (name,) in cursor.fetchall())]:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN answer TYPE {kind} USING answer::{kind}")
        cursor.execute(f"CREATE INDEX events_as_they_came ON {TABLE} (recorded_at) {room}")
        cursor.execute(f"CREATE INDEX events_of_a_recorder ON {TABLE} (recorder_id) WHERE recorder_id IS NOT NULL")


class Migration(migrations.Migration):
    dependencies = [("courses", "0020_words_of_lessons")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(to_text, to_jsonb)],
            state_operations=[
                migrations.AlterField(
                    model_name="learningevent",
                    name="answer",
                    field=courses.models.answer_text.AnswerText(null=True),
                ),
            ],
        ),
    ]
