"""Make or update the national courses from a folder of YAML files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.loading import CHANGED, KEPT, MADE, SAME, LoadError, load


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # run on every start; the server checks the system

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder of courses, as courses/content")
        parser.add_argument(
            "--overwrite", action="store_true", help="also load what was edited in the studio since the last time"
        )

    def handle(self, folder, overwrite, **options):
        try:
            outcomes = load(folder.resolve(), overwrite)
        except LoadError as error:
            raise CommandError(_("Nothing was loaded.") + "\n" + str(error)) from None
        for outcome in outcomes:
            self._tell(outcome)

    def _tell(self, outcome):
        words = {MADE: _("made"), CHANGED: _("changed"), SAME: _("the same"), KEPT: _("edited in the studio, kept")}
        counts = [f"{len(titles)} {words[state]}" for state, titles in outcome.lessons.items()]
        course = {"course": outcome.slug, "state": words[outcome.course], "lessons": ", ".join(counts)}
        self.stdout.write(_("%(course)s: course %(state)s; lessons: %(lessons)s") % course)
        for title in outcome.unpublished:
            self.stdout.write("  " + _("taken off the shelf, as it has no file: %(title)s") % {"title": title})
