from django.core.management.base import BaseCommand

from courses.authoring.importing.work import take_up_all


class Command(BaseCommand):
    help = "Take over the lesson files that wait, such as those that a server which was stopped had in hand."

    def handle(self, **options):
        self.stdout.write(f"Files looked at: {take_up_all()}.")
