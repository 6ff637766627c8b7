import io
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand

from lms.accounts.models import User
from lms.network.management.commands.load_demo import refuse_real_people


class Command(BaseCommand):
    help = "Everything `make run` shows: database, places, the six courses, invented centres and people."

    def add_arguments(self, parser):
        parser.add_argument("--courses", default="courses/content", help="the folder of courses")
        parser.add_argument("--greeting", help="file to write who can sign in as what into")

    def handle(self, *, courses, greeting, **options):
        refuse_real_people()  # before anything is written
        for step in (("migrate",), ("load_places",), ("load_courses", courses)):
            call_command(*step, verbosity=0, stdout=io.StringIO())
        words = io.StringIO()
        call_command("load_demo", stdout=words)
        if greeting:
            Path(greeting).write_text(words.getvalue(), encoding="utf-8")
        self.stdout.write(f"{User.objects.count()} people, ready")
