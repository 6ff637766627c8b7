from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.centres.models import Subdistrict
from lms.network import demo


def refuse_real_people():
    """Raises CommandError unless the settings are a demo's."""
    if not getattr(settings, "SALA_DEMO", False):
        raise CommandError(_("Invented people belong into a demo only. Use: --settings lms.settings.demo"))


class Command(BaseCommand):
    help = "Invented centres, people and learning. Only with demo settings; safe to run again."

    def handle(self, **options):
        refuse_real_people()
        if not Subdistrict.objects.exists():
            raise CommandError(_("There are no subdistricts yet. Run first: %s") % "manage.py load_places")
        demo.settle()
        demo.learn()
        self.stdout.write(demo.greeting())
