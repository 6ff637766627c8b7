"""A course's zip is taken in behind the back of who sent it, as other files are (importing/work.py)."""

from django.utils import translation

from courses.authoring import rights
from courses.authoring.archives import ArchiveProblem
from courses.authoring.exporting.arriving import arrive
from courses.authoring.importing.making import Superseded, check_rights
from courses.authoring.importing.problems import ImportProblem
from courses.loading import CHANGED, MADE, SAME, LoadError
from courses.models import LessonImport

PROBLEMS_SHOWN = 100
STATES = (MADE, CHANGED, SAME)


def take_in(batch, path, tell):
    """The courses, and that the import is done, in one transaction. ImportProblem leaves everything as it was.

    What is in the way is told in the language of who sent the file; rights are asked again, as a role may have ended.
    """
    check_rights(batch)
    publishes = batch.publishes and rights.edits_national(batch.made_by)

    def done(outcomes):
        if not batch.finish(LessonImport.State.DONE, report={"courses": [_told(each) for each in outcomes]}):
            raise Superseded

    with translation.override(batch.report.get("language")), path.open("rb") as file:
        try:
            arrive(file, batch.made_by, batch.centre, publishes, tell, done)
        except LoadError as refused:
            lines = [str(each).removeprefix("zip/") for each in refused.problems[:PROBLEMS_SHOWN]]
            raise ImportProblem("in_the_way", lines=lines) from refused
        except ArchiveProblem as refused:
            raise ImportProblem("told", text=str(refused)) from refused


def _told(outcome):
    lessons = [(state, title) for state in STATES for title in outcome.lessons.get(state, ())]
    return {"title": outcome.title, "page": outcome.page, "state": outcome.course, "lessons": lessons}
