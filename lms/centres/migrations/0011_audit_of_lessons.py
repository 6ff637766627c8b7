from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0010_course_editors'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('looked', 'looked at a learner'), ('listed', 'looked at a list'), ('exported', 'took out a list'), ('registered', 'registered'), ('corrected', 'corrected'), ('code_set', 'set a code'), ('unlocked', 'opened a lock'), ('cards', 'printed cards'), ('phone_linked', 'linked a phone'), ('phone_revoked', "ended a phone's link"), ('checked', 'checked a task'), ('helper', 'made or ended a helper'), ('consent', 'wrote down a consent'), ('withdrawn', 'wrote down a withdrawal'), ('request', 'answered a data request'), ('imported', 'brought in a list'), ('merged', 'merged'), ('undone', 'undid an import'), ('erased', 'erased'), ('token_made', 'made a token'), ('token_revoked', 'ended a token'), ('opened', "opened a person's record, for a reason"), ('factor_reset', 'took away a second factor'), ('explained', 'answered a question about figures'), ('published', 'published a lesson'), ('sent_back', 'sent a lesson back'), ('offered', 'offered a lesson to all centres, or no more'), ('adopted', "took over another centre's lesson")], max_length=14),
        ),
    ]
