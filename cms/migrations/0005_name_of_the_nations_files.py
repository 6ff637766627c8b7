"""Wagtail calls the collection of all that is no centre's "Root"; authors meet it where they choose a picture."""

from django.db import migrations

ITS_OWN, OURS = "Root", "ส่วนกลาง"


def rename(before, after):
    def run(apps, schema_editor):
        apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=before).update(name=after)

    return run


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_files_of_centres")]
    operations = [migrations.RunPython(rename(ITS_OWN, OURS), rename(OURS, ITS_OWN))]
