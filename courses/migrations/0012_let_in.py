from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0011_packed_answers")]

    operations = [
        migrations.AddField(
            model_name="groupsession",
            name="let_in",
            field=models.JSONField(default=dict),
        ),
    ]
