"""What centres were before they changed, what they are like, and which one they were merged into."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0005_age_checked_on"),
    ]

    operations = [
        migrations.AddField(
            model_name="centre",
            name="line",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fibre", "Fibre or cable"),
                    ("mobile", "Mobile network"),
                    ("satellite", "Satellite"),
                    ("other", "Other line"),
                    ("none", "No line"),
                ],
                max_length=9,
                verbose_name="line to the internet",
            ),
        ),
        migrations.AddField(
            model_name="centre",
            name="merged_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="centre",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="centres.centre",
            ),
        ),
        migrations.AddField(
            model_name="centre",
            name="seats",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(500)],
                verbose_name="number of PCs",
            ),
        ),
        migrations.CreateModel(
            name="CentrePast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_th", models.CharField(max_length=120, verbose_name="name in Thai")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                ("until", models.PositiveIntegerField()),
                ("code", models.CharField(db_index=True, max_length=20)),
                ("host_kind", models.CharField(max_length=16)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pasts", to="centres.centre"
                    ),
                ),
                (
                    "subdistrict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.subdistrict"
                    ),
                ),
            ],
            options={
                "verbose_name": "what a centre was",
                "verbose_name_plural": "what centres were",
                "ordering": ["centre", "until", "pk"],
                "indexes": [models.Index(fields=["centre", "until"], name="pasts_of_a_centre")],
            },
        ),
    ]
