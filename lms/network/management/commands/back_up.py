from django.core.management.base import BaseCommand, CommandError

from lms.network.backup import Trouble, back_up

IN_BUCKET = "no uploaded files: they are in the bucket, which must keep old versions (docs/hub.md)"


class Command(BaseCommand):
    help = "Copy the database and the uploaded files into a new folder, while the site runs. The keys are not in it."

    def add_arguments(self, parser):
        parser.add_argument("directory", help="a folder that is not there yet")

    def handle(self, *, directory, **options):
        try:
            made = back_up(directory)
        except Trouble as problem:
            raise CommandError(problem) from problem
        for name, facts in made["files"].items():
            self.stdout.write(f"{name}: {facts['bytes']} bytes")
        files = IN_BUCKET if made["uploaded"] is None else f"{made['uploaded']} uploaded files"
        self.stdout.write(f"{sum(made['rows'].values())} rows, {files}. Now: prove_backup")
