from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.centres.importing import LARGEST, Unreadable
from lms.centres.models import Subdistrict
from lms.centres.registering import import_centres


class Command(BaseCommand):
    help = "Add or update centres from a CSV file (docs/centres_csv.md). Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        if not Subdistrict.objects.exists():
            raise CommandError(_("There are no subdistricts yet. Run first: %s") % "manage.py load_places")
        try:
            with file.open("rb") as opened:
                data = opened.read(LARGEST + 1)
            outcome = import_centres(data)
        except (OSError, ValueError) as error:  # ValueError: Unreadable, and a NUL in the path
            reason = error if isinstance(error, Unreadable) else getattr(error, "strerror", error)
            raise CommandError(f"{file}: {reason}") from None
        self.tell(outcome)
        if outcome.problems:
            text = _("Lines or cells to mend: %(count)d. All other lines are stored. Mend these and import again.")
            raise CommandError(text % {"count": len(outcome.problems)})

    def tell(self, outcome):
        for problem in outcome.problems:
            self.stderr.write(str(problem))
        self.stdout.write(_("New: %(new)d. Changed: %(changed)d. As before: %(unchanged)d.") % vars(outcome))
        if outcome.new_programmes:
            codes = ", ".join(outcome.new_programmes)
            self.stdout.write(_("New programmes, to be named in the studio: %s") % codes)
