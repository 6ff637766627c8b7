"""How many people, worked out from what is kept of each of them and not from any count."""

from collections import Counter

from courses.models import Certificate, CountedPerson, Enrolment, LearningEvent
from courses.progress.events import month_of
from lms.centres.models import Learner


def people_of(first, last, course=None):
    """{(figure, centre, age band): number} of a period, of a course or of any."""
    found = Counter()
    bands = dict(Learner.objects.values_list("pk", "age_band"))
    for figure, happened in _happened(course).items():
        earliest = {}
        for person, *told in happened:
            if figure != "active":
                earliest[person] = min(told, earliest.get(person, told))
            elif first <= month_of(told[0]) <= last:  # there only the months count, and the lowest centre
                here = month_of(told[0]), told[1]
                earliest[person] = min(here, earliest.get(person, here))
        for person, (moment, centre) in earliest.items():
            if figure == "active" or first <= month_of(moment) <= last:
                found[figure, centre, bands[person]] += 1
    return found


def _happened(course):
    """(person, moment, centre) of everything that a figure counts the first of."""
    of_course = {"course": course} if course else {}
    events = LearningEvent.objects.filter(**of_course).values_list("learner_id", "occurred_at", "centre_id")
    ends = Enrolment.objects.completed().filter(**of_course)
    given = Certificate.objects.filter(**of_course).values_list("learner_id", "issued_at", "centre_id")
    # Of homes only the last is kept: where the first was, is what was counted (see test_people).
    first_homes = CountedPerson.objects.values_list("learner_id", "learner__date_joined", "centre_id")
    return {
        "joined": [] if course else first_homes,
        "starters": events,
        "active": events,
        "finishers": ends.values_list("learner_id", "completed_at", "completion_centre_id"),
        "certified": given,
    }
