"""`manage.py reset_second_factor wipha`: for a lost phone, where no officer can do it at /ministry/second-factors/."""

from django.core.management.base import BaseCommand, CommandError

from lms.accounts.management.commands.make_token import is_text
from lms.centres.second_factors import reset


class Command(BaseCommand):
    help = "Take somebody's second factor away and sign them out everywhere; they set up another at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        is_name = is_text(username) and "\0" not in username  # PostgreSQL takes none
        if not is_name or reset(username, by=None) is None:
            raise CommandError(f"Nobody with a second factor is called {username!r}.")
        self.stdout.write("Done. It is in the audit log.")
