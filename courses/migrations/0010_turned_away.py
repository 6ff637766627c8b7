from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0009_events_by_month'),
    ]

    operations = [
        migrations.AddField(
            model_name='groupsession',
            name='turned_away',
            field=models.JSONField(default=dict),
        ),
    ]
