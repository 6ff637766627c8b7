from django.core.management.base import BaseCommand

from courses.certificates import rotate


class Command(BaseCommand):
    help = "Retire the key that signs certificates and make another; what the old one signed stays valid."

    def add_arguments(self, parser):
        parser.add_argument("--leaked", action="store_true", help="the old key got into wrong hands: trust it no more")

    def handle(self, *args, leaked, **options):
        self.stdout.write(f"certificates are signed with {rotate(leaked)} from now on")
