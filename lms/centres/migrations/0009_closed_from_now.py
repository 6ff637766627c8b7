from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def begin(apps, schema_editor):
    """Since when centres have not been open nobody wrote down: from tomorrow on it is known."""
    Centre, Closure = apps.get_model("centres", "Centre"), apps.get_model("centres", "Closure")
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = Centre.objects.exclude(status="open").values_list("pk", "status")
    Closure.objects.bulk_create(Closure(centre_id=pk, status=status, started_on=tomorrow) for pk, status in rows)


class Migration(migrations.Migration):
    dependencies = [("centres", "0008_closures")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
