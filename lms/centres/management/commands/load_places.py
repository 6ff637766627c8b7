from django.core.management.base import BaseCommand

from lms.centres.places import load_places


class Command(BaseCommand):
    help = "Load provinces, districts, subdistricts and regions. Safe to run again."

    def handle(self, **options):
        for model, count in load_places().items():
            self.stdout.write(f"{model._meta.verbose_name_plural}: {count}")
