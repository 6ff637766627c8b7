import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Recordings of a lesson's parts."""

    dependencies = [
        ("courses", "0005_group_sessions"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("block", models.UUIDField(blank=True, null=True, verbose_name="part that is read")),
                (
                    "file",
                    models.ForeignKey(
                        help_text="MP3, M4A, Ogg (Opus) or WAV, at most 10 MB.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="recording",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="courses.lessonpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "recordings",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
