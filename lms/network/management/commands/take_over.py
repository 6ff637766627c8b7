from django.core.management.base import BaseCommand, CommandError

from lms.network.backup import Trouble
from lms.network.backup.moving import take_over


class Command(BaseCommand):
    help = (
        "Copy a backup of a Sala on SQLite into this one on PostgreSQL, in which nobody is yet; all of it, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", help="the folder that back_up made on the machine with SQLite")

    def handle(self, *, directory, **options):
        try:
            rows = take_over(directory)
        except Trouble as problem:
            raise CommandError(problem) from problem
        self.stdout.write(f"{sum(rows.values())} rows are here; state and counts agree with the events")
