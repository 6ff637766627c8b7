import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """From which past months a beginning or an end moved to an earlier one."""

    dependencies = [
        ('centres', '0011_audit_of_lessons'),
        ('courses', '0021_answers_as_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='MovedAway',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'centre_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre')),
            ],
        ),
    ]
