import django.db.models.deletion
import django.utils.timezone
import lms.accounts.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0011_audit_of_lessons'),
        ('courses', '0014_whose_knowledge'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='lessonpage',
            name='adopted_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre'),
        ),
        migrations.CreateModel(
            name='LessonReview',
            fields=[
                ('id', models.UUIDField(default=lms.accounts.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('publish', 'to be published'), ('offer', 'to be offered to all centres')], default='publish', max_length=8)),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('waiting', 'waits to be looked at'), ('sent_back', 'sent back to be mended'), ('published', 'published'), ('offered', 'offered to all centres'), ('withdrawn', 'taken back')], default='waiting', max_length=9)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='what you say to its author')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='courses.lessonpage')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['submitted_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewComment',
            fields=[
                ('id', models.UUIDField(default=lms.accounts.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('block', models.UUIDField(null=True)),
                ('words', models.TextField(max_length=1000, verbose_name='comment')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='courses.lessonreview')),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(default=django.utils.timezone.localdate)),
                ('reviews', models.PositiveSmallIntegerField()),
                ('mailed_at', models.DateTimeField(null=True)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='lessonreview',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['submitted_at'], name='reviews_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='lessonreview',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('lesson', 'purpose'), name='one_waiting_review_of_a_lesson'),
        ),
        migrations.AddConstraint(
            model_name='reviewreminder',
            constraint=models.UniqueConstraint(fields=('reviewer', 'on'), name='one_reminder_a_day_to_a_reviewer'),
        ),
    ]
