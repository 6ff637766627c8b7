from django.db import migrations, models


class Migration(migrations.Migration):
    """How a person's pages look goes with them to any machine."""

    dependencies = [("accounts", "0002_scoped_tokens")]

    operations = [
        migrations.AddField("user", "letters", models.CharField(blank=True, editable=False, max_length=6, default=""), preserve_default=False),
        migrations.AddField("user", "contrast", models.CharField(blank=True, editable=False, max_length=4, default=""), preserve_default=False),
        migrations.AddField("user", "theme", models.CharField(blank=True, editable=False, max_length=5, default=""), preserve_default=False),
    ]
