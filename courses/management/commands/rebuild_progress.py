from django.core.management.base import BaseCommand, CommandError

from courses.progress import rebuild
from courses.progress.rebuilding import EventsMissing
from courses.progress.recounting import recount

SHOWN = 50


class Command(BaseCommand):
    help = "Make state and counts anew from the events and mend what differs; --check only reports."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything differs")
        parser.add_argument("--counts", action="store_true", help="only the counts: much faster, and nobody waits")

    def handle(self, *, check, counts, **options):
        try:
            differences = recount(check=check) if counts else rebuild(check=check)
        except EventsMissing as missing:
            months = ", ".join(f"{month // 100}-{month % 100:02}" for month in missing.args[0])
            raise CommandError(
                f"The events of {months} were taken out, so nothing can be counted anew."
                " Put them back first: manage.py event_months --attach MONTH"
            ) from missing
        for difference in differences[:SHOWN]:
            self.stdout.write(
                f"{difference.table} {difference.key}: kept {difference.kept}, events say {difference.rebuilt}"
            )
        if len(differences) > SHOWN:
            self.stdout.write(f"... and {len(differences) - SHOWN} more")
        if differences and check:
            raise CommandError(f"{len(differences)} rows differ from the events")
        self.stdout.write(f"{len(differences)} rows {'differ' if check else 'mended'}")
