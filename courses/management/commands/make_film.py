from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from courses.authoring.media.films import make_ready
from courses.models import Film


class Command(BaseCommand):
    help = "Make a film ready that was sent for a lesson. The site calls it by itself."

    def add_arguments(self, parser):
        parser.add_argument("film")
        parser.add_argument("folder", help="where it lies as it came; is taken away")

    def handle(self, *, film, folder, **options):
        found = Film.objects.select_related("lesson", "user").filter(pk=film, state=Film.State.MAKING).first()
        if found is None:
            raise CommandError("there is no such film that waits")
        with translation.override(found.user.language or "th"):
            make_ready(found, Path(folder))
