"""What the rules look at, read a piece at a time: no more is kept in memory than what may be odd."""

from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import TruncDate, TruncMinute
from django.utils import timezone

from courses.models import ActiveMonth, LearningEvent, LessonPage, LessonProgress
from courses.oddities.seen import DayThere, Finish, Here, Spot
from courses.progress.events import CLOCK_AHEAD
from lms.accounts.lists import in_chunks
from lms.centres.models import Centre, Closure, HomeCentre, SignIn

AT_ONCE = 2_000  # events
LEARNERS = 200
DAY = timedelta(days=1)
IN_ORDER = ("recorded_at", "learner_id", "id")
OF_A_FINISH = ("learner_id", "id", "lesson", "centre_id", "occurred_at", "recorded_at", "session", "recorder_id")
Verb = LearningEvent.Verb


def events():
    """What learners did themselves, at a moment that is known.

    Where a clock was far from right an event counts as of its arrival: when it was, it does not say.
    """
    about_right = Q(claimed_at__gte=F("occurred_at"), claimed_at__lte=F("occurred_at") + CLOCK_AHEAD)
    known = Q(claimed_at=None) | ~Q(occurred_at=F("recorded_at")) | about_right
    return LearningEvent.objects.filter(known).exclude(verb=Verb.CHECKED)


def came_in(start, end):
    """The condition "was recorded then"."""
    return Q(recorded_at__gte=start, recorded_at__lt=end)


def on(days):
    """The condition "at one of these centres on its day", for (centre, day)."""
    centres = {}
    for centre, day in days:
        centres.setdefault(day, []).append(centre)
    conditions = (
        Q(centre__in=there, occurred_at__gte=midnight(day), occurred_at__lt=midnight(day + DAY))
        for day, there in centres.items()
    )
    return reduce(or_, conditions)


class Lessons:
    """How long lessons are said to take; read once."""

    def __init__(self):
        self.minutes = dict(LessonPage.objects.values_list("key", "minutes"))

    def finishes(self, *conditions, **more):
        """First finishes of lessons, in chunks of the events' order."""
        found = events().filter(*conditions, **more, verb=Verb.FINISHED).values(*OF_A_FINISH)
        for rows in in_chunks(found, IN_ORDER, AT_ONCE):
            yield from self._first(rows)

    def _first(self, rows):
        states = LessonProgress.objects.filter(
            learner__in={row["learner_id"] for row in rows}, lesson__in={row["lesson"] for row in rows}
        ).values_list("learner_id", "lesson", "started_at", "finished_at", "seconds")
        known = {(learner, lesson): rest for learner, lesson, *rest in states}
        for row in rows:
            started, finished, seconds = known.get((row["learner_id"], row["lesson"]), (None, None, 0))
            if finished == row["occurred_at"]:
                took = max((finished - started).total_seconds(), seconds) if started < finished else seconds or None
                yield self._finish(row, took)

    def _finish(self, row, took):
        return Finish(
            row["learner_id"],
            row["lesson"],
            row["centre_id"],
            row["occurred_at"],
            took,
            self.minutes.get(row["lesson"], 0),
            row["session"],
            row["recorder_id"] is not None,
        )


def crowded_minutes(start, end, fewest):
    """{(centre, lesson): [minutes]} in which so many finished a lesson, of what was recorded then."""
    rows = events().filter(came_in(start, end), verb=Verb.FINISHED).order_by()
    rows = rows.annotate(minute=TruncMinute("occurred_at", tzinfo=UTC)).values("centre_id", "lesson", "minute")
    found = {}
    for row in rows.annotate(number=Count("learner_id", distinct=True)).filter(number__gte=fewest):
        found.setdefault((row["centre_id"], row["lesson"]), []).append(row["minute"])
    return found


def closures(since):
    """{centre: [(status, first day, last day or None)]} of those that were not over by then."""
    found = {}
    for row in Closure.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since)).order_by("started_on"):
        found.setdefault(row.centre_id, []).append((row.status, row.started_on, row.ended_on))
    return found


def days_of(centres, *conditions):
    """The (centre, day) on which something was learned at some centres."""
    rows = events().filter(*conditions, centre__in=centres).order_by().annotate(day=TruncDate("occurred_at"))
    return set(rows.values_list("centre_id", "day").distinct())


def days_there(days, *conditions):
    """A DayThere for each learner on some (centre, day)."""
    rows = events().filter(*conditions, on(days)).order_by().annotate(day=TruncDate("occurred_at"))
    rows = rows.values_list("centre_id", "day", "learner_id")
    told = [
        DayThere(*row)
        for row in rows.annotate(
            number=Count("id"),
            first=Min("occurred_at"),
            last=Max("occurred_at"),
            others=Count("recorder_id"),
            groups=Count("session"),
        )
    ]
    for first in range(0, len(told), LEARNERS):
        part = told[first : first + LEARNERS]
        ways = _ways(part)
        yield from (each._replace(way=ways.get((each.learner, each.centre, each.day), "")) for each in part)


def _ways(told):
    """By (learner, centre, day): whether they signed in at a machine there, or were signed in on their own phone."""
    found, there = {}, {(each.learner, each.centre, each.day) for each in told}
    for learner, centre, own, started, ended in _sign_ins({each.learner for each in told}):
        for key in there:
            if key[0] == learner and _touches(key[2], started, ended):
                if own:
                    found.setdefault(key, "phone")
                elif key[1] == centre and _day(started) == key[2]:
                    found[key] = "machine"
    return found


def _touches(day, started, ended):
    last = _day(ended) if ended else None
    return _day(started) <= day and (last is None or day <= last)


def _sign_ins(learners):
    """(learner, centre, whether on a phone of their own, since, until or None)"""
    rows = SignIn.objects.filter(learner__in=learners).order_by("started_at")
    for learner, centre, owner, started, ended in rows.values_list(
        "learner_id", "device__centre_id", "device__owner_id", "started_at", "ended_at"
    ):
        yield learner, centre, owner is not None, started, ended


def at_two_centres(start, end, since):
    """Who, of those of whom something was recorded then, was at more than one centre lately."""
    then = events().filter(came_in(start, end)).order_by().values("learner_id")
    month = since.year * 100 + since.month
    learned = ActiveMonth.objects.filter(learner__in=then, month__gte=month).order_by().values("learner_id")
    signed_in = SignIn.objects.filter(learner__in=then, started_at__gte=since, device__owner=None).order_by()
    signed_in = signed_in.values("learner_id").annotate(centres=Count("device__centre", distinct=True))
    learned = learned.annotate(centres=Count("centre", distinct=True))
    found = set()
    for rows in (learned, signed_in):
        found.update(rows.filter(centres__gt=1).values_list("learner_id", flat=True))
    return sorted(found)


def whereabouts(learners, since):
    """(learner, home centre, Heres) of some learners, without what was on days on which they moved home.

    Centres that became one are one.
    """
    merged = dict(Centre.objects.order_by().exclude(merged_into=None).values_list("pk", "merged_into_id"))
    homes = {row.learner_id: row for row in HomeCentre.objects.filter(learner__in=learners).select_related("learner")}
    signed_in, found = {}, {learner: [] for learner in learners}
    for learner, *told in _sign_ins(learners):
        signed_in.setdefault(learner, []).append(told)
    rows = (
        events()
        .filter(learner__in=learners, occurred_at__gte=since)
        .values_list("learner_id", "occurred_at", "centre_id")
    )
    for learner, at, centre in rows:
        found[learner].append(Here(at, _now(centre, merged), _was_on_phone(signed_in.get(learner, ()), at)))
    for learner, told in signed_in.items():
        found[learner] += [
            Here(started, _now(centre, merged)) for centre, own, started, _ended in told if not own and started >= since
        ]
    for learner, seen in found.items():
        home = homes.get(learner)
        moved = home and home.since != _day(home.learner.date_joined) and home.since
        yield learner, home and home.centre_id, [each for each in seen if _day(each.at) != moved]


def _was_on_phone(told, at):
    return any(own and started <= at and (ended is None or at <= ended) for _centre, own, started, ended in told)


def _now(centre, merged):
    while centre in merged:
        centre = merged[centre]
    return centre


def spots(centres):
    """Where some centres are, by pk."""
    rows = Centre.objects.order_by().filter(pk__in=centres)
    return {
        pk: Spot(subdistrict[:4], latitude and float(latitude), longitude and float(longitude))
        for pk, subdistrict, latitude, longitude in rows.values_list("pk", "subdistrict_id", "latitude", "longitude")
    }


def _day(moment):
    return timezone.localtime(moment).date()


def midnight(day):
    """When a day began, in Thailand."""
    return timezone.make_aware(datetime.combine(day, time.min))
