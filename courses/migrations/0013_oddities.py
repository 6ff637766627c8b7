import django.db.models.deletion
import django.utils.timezone
import lms.accounts.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Questions to centres about what looks odd, and how far was looked."""

    dependencies = [
        ('centres', '0009_closed_from_now'),
        ('courses', '0012_let_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OddityMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Oddity',
            fields=[
                ('id', models.UUIDField(default=lms.accounts.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('fast', 'Finished very fast, again and again'), ('fast_many', 'Several people finished very fast'), ('crowd', 'Many finished at the same moment'), ('closed', 'Learning while the centre was not open'), ('two_places', 'At two centres almost at once')], max_length=10)),
                ('day', models.DateField()),
                ('subject', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                ('lesson', models.UUIDField(null=True)),
                ('evidence', models.JSONField(default=dict)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('together', 'We learned together'), ('at_home', 'Learned at home or on a phone'), ('was_open', 'The centre was open'), ('later', 'Written down afterwards'), ('testing', 'Somebody was trying the system'), ('put_right', 'It was a mistake, and it is put right'), ('unknown', 'We do not know'), ('other', 'Something else')], max_length=10)),
                ('words', models.TextField(blank=True, max_length=500)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='oddities', to='centres.centre')),
                ('elsewhere', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre')),
                ('learner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='oddities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['centre'], name='oddities_to_be_answered')],
                'constraints': [models.UniqueConstraint(fields=('centre', 'day', 'kind', 'subject'), name='one_question_about_an_oddity')],
            },
        ),
    ]
