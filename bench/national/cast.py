"""Who hands in events: caretakers with tokens. Run inside the site."""

from courses.models import CoursePage, LessonOutline
from lms.accounts.models import ApiToken, User
from lms.centres.models import Centre, HomeCentre
from lms.network.demo.learning import right_answer


def cast(centres, people):
    """Some centres with at least so many learners, and the national lessons with right answers."""
    found = []
    for centre in Centre.objects.filter(code__startswith="SAMPLE-").order_by("code"):
        homes = HomeCentre.objects.filter(centre=centre).exclude(learner__age_band="0-10")
        learners = [str(pk) for pk in homes.values_list("pk", flat=True)[:people]]
        if len(learners) == people:
            found.append({"pk": centre.pk, "token": _token(centre), "learners": learners})
        if len(found) == centres:
            break
    courses = set(CoursePage.objects.values_list("key", flat=True))
    outlines = LessonOutline.objects.filter(is_live=True, course__in=courses).order_by("lesson")
    lessons = [{"key": str(outline.lesson), "answers": _answers(outline)} for outline in outlines]
    return {"centres": found, "lessons": [lesson for lesson in lessons if lesson["answers"]]}


def _token(centre):
    caretaker = User.objects.create_user(None, name="คนดูแล")
    centre.appoint_caretaker(caretaker)
    return ApiToken.objects.make(caretaker, "bench")[1]


def _answers(outline):
    """(activity, right answer) of each question."""
    return [(key, right_answer(definition)) for key, definition in outline.activities.items()]
