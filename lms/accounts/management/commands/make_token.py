"""`manage.py make_token nok --name report --days 90`: let a program call the API in a person's name."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.accounts.models import ApiToken, User


def is_text(argument):
    """Whether a database can store it: bytes that are no UTF-8 arrive as half pairs of surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in argument)


class Command(BaseCommand):
    help = "Make a token for the API and print it. It is kept nowhere: to lose it is to make a new one."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", default="API", help="What the token is for.")
        parser.add_argument("--days", type=int, default=365, help="How long it holds (1 to 3650; 365).")

    def handle(self, *args, username, name, days, **options):
        user = User.objects.filter(username=username, is_active=True).first() if is_text(username) else None
        if user is None:
            raise CommandError(f"Nobody signs in as {username!r}.")
        if not is_text(name):
            raise CommandError("--name is not in UTF-8.")
        if not 1 <= days <= 3650:
            raise CommandError("--days is a number from 1 to 3650.")
        expires_at = timezone.now() + timedelta(days=days)
        _token, text = ApiToken.objects.make(user, name[:80], expires_at)
        self.stdout.write(text)
