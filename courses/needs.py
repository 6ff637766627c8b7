"""Who needs help, and why: the same rows for the desk's pages and for the API.

stuck      missed the same question three times
waiting    began a lesson, sits at a machine of the centre, and has been silent for 15 minutes
unchecked  a practical task is done, and nobody has looked at it yet
away       began a course, has not finished it, and has not been seen for 14 days
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, IntegerField, Max, OuterRef, Subquery, Value, Window
from django.db.models.functions import Greatest, RowNumber
from django.utils import timezone

from courses.lesson_words import LessonWords, lesson_words
from courses.models import Enrolment, LessonProgress
from courses.progress.fold import is_stuck, waits
from lms.accounts.models import User
from lms.accounts.models.user import first_letter
from lms.accounts.prepared import LONGEST, Prepared
from lms.centres.models import SignIn

AWAY_AFTER, SILENT_AFTER = timedelta(days=14), timedelta(minutes=15)
REASONS = ["stuck", "waiting", "unchecked", "away"]  # the most urgent first
HERE = "here"  # no need at all: the lesson of somebody who sits at a machine
KINDS = [*REASONS, HERE]
BY_URGENCY = ("urgency", "since", "person", "lesson_key")
BY_NAME = ("name_key", "person", "urgency", "lesson_key")
ROW = {
    "person": "learner_id",
    "name_key": "learner__sort_key",
    "name": "learner__name",
    "family_name": "learner__family_name",
    "centre_code": "learner__home__centre__code",
    "course_key": "course",
}


@dataclass
class Need:
    """One reason to go to somebody."""

    why: str
    since: datetime
    learner: UUID
    name: str
    family_name: str
    centre: str
    course: UUID
    lesson: UUID
    words: LessonWords | None = None
    activity: str | None = None
    tries: int = 0
    device: str = ""

    @property
    def full_name(self):
        return f"{self.name} {self.family_name}".strip()

    @property
    def first_letter(self):
        return first_letter(self.name)

    @property
    def question(self):
        return self.words.asked(self.activity) if self.words and self.activity else ""


class Needs:
    """Rows of several queries as one list: what can be filtered, put in order and cut like a queryset."""

    def __init__(self, parts):
        self.parts = parts

    def filter(self, *conditions):
        return Needs([part.filter(*conditions) for part in self.parts])

    def at(self, centre):
        """Those whose home is that centre."""
        return Needs([part.filter(learner__home__centre=centre) for part in self.parts])

    def first_of_each(self, count):
        """The first so many for each reason."""
        nth = Window(RowNumber(), order_by=[F("since"), F("person")])
        return Needs([part.annotate(nth=nth).filter(nth__lte=count) for part in self.parts])

    def order_by(self, *order):
        first, *others = self.parts
        return first.union(*others, all=True).order_by(*order)


def needs(user, seats, why=None):
    """Everybody whom `user` looks after and who needs help, for one reason or for any. `seats` says who is here."""
    now = timezone.now()
    return _needs(user, here_at(seats, now - SILENT_AFTER), now, why)


def here_at(seats, since):
    """Who sits at these machines, and has done so since before that moment."""
    return [seat.learner for seat in seats if seat.learner and seat.since <= since]


def _needs(user, sitting, now, why=None):
    made = {
        "stuck": _stuck,
        "waiting": lambda user: _waiting(user, sitting, now - SILENT_AFTER),
        "unchecked": _unchecked,
        "away": lambda user: _away(user, now - AWAY_AFTER),
    }
    return Needs([made[reason](user) for reason in REASONS if why in (None, reason)])


def today(user, centre, seats, most):
    """The rows of a centre's first page: so many at most for each reason, and where those who are here are."""
    now = timezone.now()
    values = {
        "person": user.pk,
        "centre": centre.pk,
        "here": here_at(seats, now)[:LONGEST],
        "sitting": here_at(seats, now - SILENT_AFTER)[:LONGEST],
        "now": now,
    }
    return _TODAY.rows((user.is_superuser, most, timezone.localdate()), **values)


def _today(shape, person, centre, here, sitting, now):
    is_superuser, most, _day = shape
    user = User(pk=person, is_superuser=is_superuser)
    found = _needs(user, sitting, now).at(centre).first_of_each(most)
    latest = LessonProgress.objects.filter(~Exists(_later()), learner__in=here)
    places = _rows(latest, user, HERE, F("last_at")).annotate(nth=Value(1, output_field=IntegerField()))
    return Needs([*found.parts, places]).order_by(*BY_URGENCY)


_TODAY = Prepared(_today)  # asked every half minute at every centre


def _unchecked(user):
    rows = LessonProgress.objects.exclude(unchecked_since=None)
    return _rows(rows, user, "unchecked", F("unchecked_since"))


def _stuck(user):
    return _rows(LessonProgress.objects.exclude(stuck_since=None), user, "stuck", F("stuck_since"))


def _waiting(user, sitting, silent):
    """Those whose latest lesson is not finished. Who sits down to go on is not silent before having sat a while."""
    rows = LessonProgress.objects.filter(learner__in=sitting, finished_at=None, last_at__lte=silent)
    sat_down = SignIn.objects.filter(learner=OuterRef("learner"), ended_at=None).order_by().values("learner")
    since = Greatest("last_at", Subquery(sat_down.values(at=Max("started_at"))))
    return _rows(rows.filter(~Exists(_later()), stuck_since=None), user, "waiting", since)


def _later():
    return LessonProgress.objects.filter(learner=OuterRef("learner"), last_at__gt=OuterRef("last_at"))


def _away(user, long_ago):
    """Once for each person, at the course they left last."""
    own = Enrolment.objects.filter(learner=OuterRef("learner"))
    later = own.filter(completed_at=None, last_at__gt=OuterRef("last_at"))
    came = SignIn.objects.filter(learner=OuterRef("learner"), started_at__gte=long_ago)
    rows = Enrolment.objects.filter(completed_at=None, last_at__lt=long_ago)
    rows = rows.filter(~Exists(own.filter(last_at__gte=long_ago)), ~Exists(later), ~Exists(came))
    return _rows(rows, user, "away", F("last_at"), lesson="last_lesson")


def _rows(found, user, why, since, lesson="lesson"):
    found = found.visible_to(user).filter(learner__is_active=True, learner__home__isnull=False)
    urgency = Value(KINDS.index(why), output_field=IntegerField())
    names = {name: F(field) for name, field in ROW.items()}
    return found.order_by().values(urgency=urgency, since=since, lesson_key=F(lesson), **names)


def told(rows, seats):
    """The rows as `Need`s with all that is said of them; a lesson with two tasks to check gives two."""
    rows = list(rows)
    words = lesson_words({row["lesson_key"] for row in rows})
    answers = _answers(rows)
    machines = {seat.learner: seat.name for seat in seats if seat.learner}
    found = []
    for row in rows:
        need = _need(row, words.get(row["lesson_key"]))
        need.device = machines.get(need.learner, "")
        found += _with_activities(need, answers.get((need.learner, need.lesson), {}))
    return found


def _need(row, words):
    return Need(
        why=KINDS[row["urgency"]],
        since=row["since"],
        learner=row["person"],
        name=row["name"],
        family_name=row["family_name"],
        centre=row["centre_code"],
        course=row["course_key"],
        lesson=row["lesson_key"],
        words=words,
    )


def _answers(rows):
    """{(learner, lesson): answers} where they say which activity it is about."""
    wanted = [row for row in rows if KINDS[row["urgency"]] in ("stuck", "unchecked")]
    found = LessonProgress.objects.filter(
        learner__in={row["person"] for row in wanted}, lesson__in={row["lesson_key"] for row in wanted}
    )
    return {(learner, lesson): answers for learner, lesson, answers in _triples(found)} if wanted else {}


def _triples(found):
    return found.values_list("learner_id", "lesson", "answers")


def _with_activities(need, answers):
    if need.why == "unchecked" and need.words:
        tasks = need.words.tasks
        waiting = [id for id, entry in answers.items() if id in tasks and waits(entry, tasks[id])]
        return [_about(need, id, answers[id]) for id in waiting] or [need]
    stuck = [(entry["tries"], id) for id, entry in answers.items() if need.why == "stuck" and is_stuck(entry)]
    return [_about(need, max(stuck)[1], answers[max(stuck)[1]])] if stuck else [need]


def _about(need, activity, entry):
    return Need(**vars(need) | {"activity": activity, "tries": entry["tries"]})
