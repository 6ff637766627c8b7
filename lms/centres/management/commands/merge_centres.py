from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lms.centres.merging import CannotMerge, merge
from lms.centres.models import Centre


class Command(BaseCommand):
    help = "Close a centre and let its learners, machines and requests go on at another one (docs/operations.md)."

    def add_arguments(self, parser):
        parser.add_argument("old", help="code of the centre that closes")
        parser.add_argument("new", help="code of the centre that goes on")

    def handle(self, old, new, **options):
        try:
            merge(self.centre(old), self.centre(new))
        except CannotMerge as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_("%(old)s goes on as part of %(new)s.") % {"old": old, "new": new})

    def centre(self, code):
        centre = Centre.objects.by_code(code.strip().upper())
        if centre is None:
            raise CommandError(_("There is no centre with the code %s.") % code)
        return centre
