import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import lms.accounts.ids


class Migration(migrations.Migration):
    """Staff give a code of their phone's app after the password."""

    dependencies = [("accounts", "0003_looks_kept")]

    operations = [
        migrations.AddField("user", "sign_in_round", models.PositiveIntegerField(default=0, editable=False)),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                ("id", models.UUIDField(default=lms.accounts.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("last_step", models.BigIntegerField(default=0)),
                ("recovery", models.JSONField(default=list)),
                ("set_up_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
