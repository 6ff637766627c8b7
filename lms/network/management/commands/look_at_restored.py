import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lms.network.backup import Trouble
from lms.network.backup.looking import look


class Command(BaseCommand):
    help = "A part of prove_backup, which starts it on the restored copy."

    def add_arguments(self, parser):
        parser.add_argument("asked", type=Path)
        parser.add_argument("answer", type=Path)
        parser.add_argument("media", type=Path)

    def handle(self, *, asked, answer, media, **options):
        try:
            proof = look(json.loads(asked.read_text()), media)
        except Trouble as problem:
            raise CommandError(problem) from problem
        answer.write_text(json.dumps(proof._asdict()))
