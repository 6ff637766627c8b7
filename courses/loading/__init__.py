"""National courses from a folder of YAML files: read, check everything, then write in one go."""

from django.core.exceptions import ValidationError
from django.db import transaction

from courses.loading.checking import read_folder
from courses.loading.conflicts import check_database
from courses.loading.media import load_media
from courses.loading.problems import LoadError, Problem
from courses.loading.shelf import shelf
from courses.loading.writing import CHANGED, KEPT, MADE, SAME, Outcome, Writer

__all__ = ["CHANGED", "KEPT", "MADE", "SAME", "LoadError", "Outcome", "Problem", "load"]


def load(folder, overwrite=False):
    """Make or update the courses of a folder; what became of each. LoadError leaves everything as it was."""
    courses = read_folder(folder)
    with transaction.atomic():
        check_database(courses)
        try:
            return Writer(shelf(), load_media(courses), overwrite).write_all(courses)
        except ValidationError as error:
            raise LoadError([Problem(str(folder), 0, "", " ".join(error.messages))]) from error
