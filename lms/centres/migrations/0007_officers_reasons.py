from django.db import migrations, models


class Migration(migrations.Migration):
    """The audit log names two more acts: a record opened for a reason, and a second factor taken away."""

    dependencies = [("centres", "0006_what_a_centre_was")]

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
                ],
            ),
        ),
    ]
