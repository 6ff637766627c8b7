"""`manage.py revoke_token nok --name report`: programs that call the API with it are refused from now on."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from lms.accounts.management.commands.make_token import is_text
from lms.accounts.models import ApiToken


class Command(BaseCommand):
    help = "End a person's tokens for the API: those with a name, or all of them."

    def add_arguments(self, parser):
        parser.add_argument("username")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--name", help="What the token was made for.")
        which.add_argument("--all", action="store_true", help="Every token of this person.")
        which.add_argument("--list", action="store_true", help="Change nothing; say which tokens hold.")

    def handle(self, *args, username, name, **options):
        known = is_text(username + (name or ""))
        tokens = ApiToken.objects.usable().filter(user__username=username) if known else ApiToken.objects.none()
        if name is not None:
            tokens = tokens.filter(name=name)
        told = [tell(token) for token in tokens.order_by("created_at", "pk")]
        if not told:
            raise CommandError(f"{username!r} has no such token that still holds.")
        if not options["list"]:
            tokens.revoke()
        self.stdout.write("\n".join(told))


def tell(token):
    made, until, used = map(day, (token.created_at, token.expires_at, token.last_used_at))
    return f"{token.name}: made {made}, holds until {until}, last used {used}"


def day(moment):
    return f"{localtime(moment):%Y-%m-%d}" if moment else "never"
