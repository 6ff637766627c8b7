from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.oddities import look


def _day(text):
    try:
        return timezone.make_aware(datetime.combine(datetime.strptime(text, "%Y-%m-%d"), time.min))
    except ValueError as problem:
        raise CommandError(f"“{text}” is no day. Write it as 2026-11-22.") from problem


class Command(BaseCommand):
    help = (
        "Look for what seems odd in what was recorded since the last time, and ask the centres about it. Once a night."
    )

    def add_arguments(self, parser):
        parser.add_argument("--since", metavar="DAY", type=_day, help="from what was recorded on 2026-11-01 on")

    def handle(self, *, since, **options):
        new = 0
        for until, found in look(since):
            new += found
            if found:
                self.stdout.write(f"Up to {timezone.localtime(until):%Y-%m-%d %H:%M}: {found} new.")
        self.stdout.write(f"{new} new questions." if new != 1 else "1 new question.")
