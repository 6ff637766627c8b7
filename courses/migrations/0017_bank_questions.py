import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lms.accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0010_course_editors"),
        ("courses", "0016_lesson_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankQuestion",
            fields=[
                ("id", models.UUIDField(default=lms.accounts.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("value", models.JSONField()),
                ("title", models.CharField(max_length=200)),
                ("search_text", models.TextField(default="", editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_questions",
                        to="centres.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["-updated_at", "-pk"],
                "indexes": [models.Index(fields=["centre", "-updated_at"], name="bank_of_a_centre")],
            },
        ),
    ]
