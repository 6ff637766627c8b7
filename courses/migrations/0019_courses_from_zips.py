import django.db.models.deletion
from django.db import migrations, models


def forget_the_nations(apps, schema_editor):
    """Before, an import belonged to a centre. The courses that came stay; only the report of how they came goes."""
    apps.get_model("courses", "LessonImport").objects.filter(centre=None).delete()


class Migration(migrations.Migration):
    dependencies = [("courses", "0018_films")]

    operations = [
        migrations.AddField("lessonimport", "publishes", models.BooleanField(default=False)),
        migrations.AlterField(
            "lessonimport",
            "centre",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lesson_imports",
                to="centres.centre",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_the_nations),
    ]
