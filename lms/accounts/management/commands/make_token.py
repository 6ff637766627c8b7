"""`manage.py make_token nok --name report --days 90`: let a program call the API in a person's name."""

from datetime import timedelta

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.accounts.models import ApiToken, User
from lms.accounts.models.token import READ_COUNTS, SCOPES


def is_text(argument):
    """Whether a database can store it: bytes that are no UTF-8 arrive as half pairs of surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in argument)


class Command(BaseCommand):
    help = "Make a token for the API and print it. It is kept nowhere: to lose it is to make a new one."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", default="API", help="What the token is for.")
        parser.add_argument(
            "--scope",
            action="append",
            choices=SCOPES,
            help="What it may do; may be given several times. All that the person may do, unless told.",
        )
        parser.add_argument("--centre", default="", help="The code of the only centre that it may see.")
        parser.add_argument("--days", type=int, default=365, help="How long it holds (1 to 3650; 365).")

    def handle(self, *args, username, name, days, scope, centre, **options):
        user = User.objects.filter(username=username, is_active=True).first() if is_text(username) else None
        if user is None:
            raise CommandError(f"Nobody signs in as {username!r}.")
        if not is_text(name):
            raise CommandError("--name is not in UTF-8.")
        if not 1 <= days <= 3650:
            raise CommandError("--days is a number from 1 to 3650.")
        expires_at = timezone.now() + timedelta(days=days)
        scopes = self.scopes_for(user, scope)
        self.check_centre(user, centre)
        _token, text = ApiToken.objects.make(user, name[:80], expires_at, scopes, centre)
        self.stdout.write(text)

    def scopes_for(self, user, asked):
        """A ministry officer reads counts; others whatever was asked for."""
        counts_only = user.ministry_posts.in_force().exists()
        if counts_only and set(asked or [READ_COUNTS]) != {READ_COUNTS}:
            raise CommandError(f"An officer's token has one scope: {READ_COUNTS}.")
        return asked or ([READ_COUNTS] if counts_only else SCOPES)

    def check_centre(self, user, code):
        """A token for a centre of somebody else would only ever find nothing."""
        centres = apps.get_model("centres", "Centre").objects
        if code and not (is_text(code) and centres.cared_for_by(user).filter(code=code).exists()):
            raise CommandError(f"{user.username!r} does not look after a centre {code!r}.")
