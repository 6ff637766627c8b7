from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("centres", "0004_visit_counts")]

    operations = [
        migrations.AddField("homecentre", "age_checked_on", models.DateField(blank=True, null=True)),
    ]
