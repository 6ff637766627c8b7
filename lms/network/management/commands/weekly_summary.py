from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import override

from courses.filters import BadFilter
from lms.accounts.replicas import reading
from lms.accounts.sheets import lines
from lms.network.ministry.weekly import Summary, Week

COLUMNS = ["section", "code", "label", "value"]


class Command(BaseCommand):
    help = "Write what happened last week as a mail (HTML and text) with a CSV. A week that is written stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--place", default="", help="code of a region (NE) or province (32); the nation without it")
        parser.add_argument("--week", default="", help="such as 2026-W47; the last one that is over without it")
        parser.add_argument("--folder", type=Path, help="write three files there; without it the text is shown")
        parser.add_argument("--language", default="th", choices=["th", "en"])

    def handle(self, *, place, week, folder, language, **options):
        with override(language), reading():
            try:
                summary = Summary(Week.read(week) if week else Week.last(), place)
            except (BadFilter, ValueError) as bad:
                raise CommandError(str(bad)) from bad
            if folder is None:
                self.stdout.write(_text(summary))
                return
            name = "-".join(filter(None, ["sala", summary.week.code, place, language]))
            for path, made in _files(folder / name, summary):
                self.stdout.write(f"{path}{'' if made else ' was there already'}")


def _files(start, summary):
    """(path, whether it was written now). What was sent once is never something else the next time."""
    kinds = {
        ".html": lambda: render_to_string("ministry/weekly.html", {"summary": summary}),
        ".txt": lambda: _text(summary),
        ".csv": lambda: "".join(lines(COLUMNS, summary.rows())),
    }
    start.parent.mkdir(parents=True, exist_ok=True)
    for ending, make in kinds.items():
        path = start.with_name(start.name + ending)
        if is_new := not path.exists():
            part = path.with_name(f"{path.name}.part")  # or a file cut in the middle would stay
            part.write_text(make(), encoding="utf-8", newline="")
            part.rename(path)
        yield path, is_new


def _text(summary):
    return render_to_string("ministry/weekly.txt", {"summary": summary}).strip() + "\n"
