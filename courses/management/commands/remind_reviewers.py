from django.core.management.base import BaseCommand
from django.utils.translation import override

from courses.authoring.review.reminding import remind


class Command(BaseCommand):
    help = "Remind those who review lessons of what has waited for three days and longer. Once a day."

    def add_arguments(self, parser):
        parser.add_argument("--language", default="th", choices=["th", "en"], help="of the mail")

    def handle(self, *, language, **options):
        with override(language):
            for reviewer, number, was_mailed in remind():
                how = "mailed" if was_mailed else "told on the home screen"
                self.stdout.write(f"{reviewer.username}: {number} waiting, {how}")
