import re

from django.core.management.base import BaseCommand, CommandError

from courses import event_months
from courses.periods import code
from courses.progress.events import CLOCK_BEHIND

MAY_GROW = "Events of {} may still be handed in: they are believed for {} days. Months up to {} can be taken out."
CAME = (
    "{:,} events of it came while it was out and are in it now. Those that it had already were counted twice:"
    " run manage.py rebuild_progress when no month is out any more."
)


def _month(text):
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise CommandError(f"“{text}” is no month. Write it as 2026-11.")
    return int(text.replace("-", ""))


class Command(BaseCommand):
    help = "On PostgreSQL: make the tables of coming months, take an old month of events out, or put it back."

    def add_arguments(self, parser):
        parser.add_argument("--ahead", type=int, default=12, help="months to have a table for, beside this one")
        parser.add_argument("--detach", metavar="MONTH", help="take 2024-01 out of the events; its table stays")
        parser.add_argument("--attach", metavar="MONTH", help="put it back")

    def handle(self, *, ahead, detach, attach, **options):
        if not event_months.has_months():
            self.stdout.write("SQLite keeps all events in one table: nothing to do.")
            return
        try:
            self._handle(ahead, detach, attach)
        except event_months.NoSuchMonth as missing:
            raise CommandError(f"There is no table of {missing} to do that with.") from missing
        except event_months.MayGrow as early:
            last = code(event_months.last_complete())
            raise CommandError(MAY_GROW.format(detach, CLOCK_BEHIND.days, last)) from early

    def _handle(self, ahead, detach, attach):
        if detach:
            month = _month(detach)
            events = event_months.detach(month)
            self.stdout.write(f"{events:,} events are in {event_months.table_of(month)} and nowhere else now.")
        elif attach:
            came = event_months.attach(_month(attach))
            self.stdout.write(f"{attach} is back.")
            if came:
                self.stdout.write(CAME.format(came))
        else:
            made = event_months.make_ahead(ahead)
            self.stdout.write(f"{len(made)} new, {len(event_months.attached())} months have a table.")
