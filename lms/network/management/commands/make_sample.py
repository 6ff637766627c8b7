import time

from django.core.management.base import BaseCommand, CommandError

from lms.network import sample
from lms.network.management.commands.load_demo import refuse_real_people


class Command(BaseCommand):
    help = "Invent a country of learners, for measuring and for trying. Never where real people learn."

    def add_arguments(self, parser):
        parser.add_argument("--learners", type=int, default=1_000)
        parser.add_argument("--centres", type=int, default=20)
        parser.add_argument("--events", type=int, default=20_000, help="about so many")
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--seed", type=int, default=1, help="the same number invents the same lives")

    def handle(self, *, learners, centres, events, months, seed, verbosity, **options):
        if min(learners, centres, events, months) < 1:
            raise CommandError("All of these must be 1 or more.")
        refuse_real_people()
        start = time.monotonic()

        def told(words):
            if verbosity > 1:
                self.stdout.write(f"{time.monotonic() - start:7.1f} s  {words}")

        try:
            made = sample.make(learners, centres, events, months, seed, told)
        except LookupError as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(f"{learners:,} people at {centres:,} centres, {made:,} events")
