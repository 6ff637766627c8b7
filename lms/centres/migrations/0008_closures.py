import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """From when until when a centre was not open; and one more act in the audit log."""

    dependencies = [("centres", "0007_officers_reasons")]

    operations = [
        migrations.AlterField(
            "auditentry",
            "action",
            models.CharField(
                max_length=14,
                choices=[
                    ("looked", "looked at a learner"),
                    ("listed", "looked at a list"),
                    ("exported", "took out a list"),
                    ("registered", "registered"),
                    ("corrected", "corrected"),
                    ("code_set", "set a code"),
                    ("unlocked", "opened a lock"),
                    ("cards", "printed cards"),
                    ("phone_linked", "linked a phone"),
                    ("phone_revoked", "ended a phone's link"),
                    ("checked", "checked a task"),
                    ("helper", "made or ended a helper"),
                    ("consent", "wrote down a consent"),
                    ("withdrawn", "wrote down a withdrawal"),
                    ("request", "answered a data request"),
                    ("imported", "brought in a list"),
                    ("merged", "merged"),
                    ("undone", "undid an import"),
                    ("erased", "erased"),
                    ("token_made", "made a token"),
                    ("token_revoked", "ended a token"),
                    ("opened", "opened a person's record, for a reason"),
                    ("factor_reset", "took away a second factor"),
                    ("explained", "answered a question about figures"),
                ],
            ),
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("status", models.CharField(max_length=8)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="centres.centre"
                    ),
                ),
            ],
            options={
                "verbose_name": "when a centre was not open",
                "verbose_name_plural": "when centres were not open",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("centre",),
                        name="one_running_closure_of_a_centre",
                    )
                ],
            },
        ),
    ]
