from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("centres", "0009_closed_from_now")]

    operations = [
        migrations.AddField(
            model_name="ministrypost",
            name="edits_courses",
            field=models.BooleanField(
                default=False,
                help_text="And reviews lessons of centres that have no core member.",
                verbose_name="writes the nation's courses",
            ),
        ),
    ]
