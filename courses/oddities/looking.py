"""Looking through what was recorded since the last time, and keeping what is found as questions."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.feed import settled_until
from courses.models import Oddity, OddityMark
from courses.oddities import reading, rules
from courses.progress.events import CLOCK_BEHIND
from courses.progress.holding import lock_learners
from lms.accounts.models import User

SLICE = timedelta(days=1)  # of what was recorded, at a time: then the mark moves on
FIRST = timedelta(days=30)  # so far back where nobody has looked yet: older days nobody remembers
LATE = timedelta(days=35)  # what belongs together may be recorded so far apart
WEEK = timedelta(days=7)
PIECE = 4  # a crowd that comes in with several machines has so much of it, a quarter, in one of them


def look(since=None):
    """Ask about what was recorded since the mark, or since a moment. Yields (until, how many new questions).

    Each slice is kept with the mark, so that whoever is interrupted goes on there; two at once find the same.
    """
    until = settled_until()
    start = since or _mark() or until - FIRST
    while start < until:
        end = min(start + SLICE, until)
        yield end, keep(find(start, end), end)
        start = end


def find(start, end):
    """The findings in what was recorded from one moment to another, with what came before and belongs to it."""
    lessons = reading.Lessons()
    return [*_fast(lessons, start, end), *_crowds(lessons, start, end), *_closed(start, end), *_two_places(start, end)]


def _fast(lessons, start, end):
    share = settings.SALA_ODD_SHARE
    quick = [each for each in lessons.finishes(reading.came_in(start, end)) if rules.is_fast(each, share)]
    people = sorted({each.learner for each in quick})
    times, found = [each.at for each in quick], []
    for place in range(0, len(people), reading.LEARNERS):
        near = {"occurred_at__gte": min(times) - WEEK, "occurred_at__lt": max(times) + WEEK}
        theirs = lessons.finishes(learner__in=people[place : place + reading.LEARNERS], **near)
        found += rules.fast(theirs, share, settings.SALA_ODD_TIMES)
    return found + _fast_many(lessons, quick, start, end)


def _fast_many(lessons, quick, start, end):
    """Of the days on which two and more were fast: who was so before counts with them."""
    share, people = settings.SALA_ODD_SHARE, {}
    for each in quick:
        people.setdefault((each.centre, _day(each.at)), set()).add(each.learner)
    days = {day for day, fast in people.items() if len(fast) >= min(2, settings.SALA_ODD_PEOPLE)}
    if not days:
        return []
    found = lessons.finishes(_with_what_came_before(min(day for _centre, day in days), start, end), reading.on(days))
    found = [each for each in found if rules.is_fast(each, share)]
    return rules.fast_many(found, share, settings.SALA_ODD_PEOPLE)


def _crowds(lessons, start, end):
    people, within = settings.SALA_ODD_CROWD, settings.SALA_ODD_CROWD_SECONDS
    minutes = reading.crowded_minutes(start, end, max(people // PIECE, 1))
    if not minutes:
        return []
    near = timedelta(seconds=within + 60)
    moments = [minute for told in minutes.values() for minute in told]
    then = _with_what_came_before(_day(min(moments)), start, end)
    centres, titles = {centre for centre, _lesson in minutes}, {lesson for _centre, lesson in minutes}
    around = {"occurred_at__gte": min(moments) - near, "occurred_at__lt": max(moments) + 2 * near}
    found = [
        each
        for each in lessons.finishes(then, centre__in=centres, lesson__in=titles, **around)
        if any(abs(each.at - minute) <= near for minute in minutes.get((each.centre, each.lesson), ()))
    ]
    return rules.crowd(found, people, within)


def _closed(start, end):
    closures = reading.closures(_day(start - CLOCK_BEHIND))
    days = {
        (centre, day)
        for centre, day in reading.days_of(list(closures), reading.came_in(start, end))
        if rules.closed_on(closures[centre], day)
    }
    if not days:
        return []
    then = _with_what_came_before(min(day for _centre, day in days), start, end)
    return rules.closed(reading.days_there(days, then), closures)


def _two_places(start, end):
    since = start - LATE
    people = reading.at_two_centres(start, end, since)
    limits = settings.SALA_ODD_TRAVEL_MINUTES, settings.SALA_ODD_TRAVEL_KMH
    found = []
    for place in range(0, len(people), reading.LEARNERS):
        told = list(reading.whereabouts(people[place : place + reading.LEARNERS], since))
        spots = reading.spots({here.centre for _learner, _home, seen in told for here in seen})
        for learner, home, seen in told:
            found += rules.two_places(learner, seen, spots, home, *limits)
    return found


def _day(moment):
    return timezone.localtime(moment).date()


def _with_what_came_before(day, start, end):
    """Recorded until `end`, and no earlier than the day it belongs to: nothing is recorded before it happens."""
    return reading.came_in(min(start, max(reading.midnight(day), start - LATE)), end)


@transaction.atomic
def keep(findings, until):
    """Keep them as questions, and that everything was looked through so far. How many were not asked before.

    What was answered is not asked again. What comes late makes the evidence fuller and never thinner: who was erased
    meanwhile is not there any more.
    """
    findings = _of_those_here(findings)
    near = {"centre__in": {each.centre for each in findings}, "day__in": {each.day for each in findings}}
    known = {(each.centre_id, each.day, each.kind, each.subject): each for each in Oddity.objects.filter(**near)}
    new = [each for each in findings if each.key not in known]
    Oddity.objects.bulk_create(map(_question, new), ignore_conflicts=True, batch_size=500)
    for each in findings:
        if (old := known.get(each.key)) and old.answered_at is None and _size(old) < each.size:
            Oddity.objects.waiting().filter(pk=old.pk).update(**_told(each))
    _move_mark(until)
    return len(new)


def _of_those_here(findings):
    """Those whose people are still there; in the order of their keys, so that nobody waits in a circle."""
    people = {each.learner for each in findings if each.learner}
    lock_learners(people)
    here = set(User.objects.filter(pk__in=people).values_list("pk", flat=True))
    return sorted(
        (each for each in findings if each.learner is None or each.learner in here), key=lambda each: each.key
    )


def _question(finding):
    return Oddity(
        kind=finding.kind,
        centre_id=finding.centre,
        day=finding.day,
        subject=finding.subject,
        learner_id=finding.learner,
        lesson=finding.lesson,
        **_told(finding),
    )


def _told(finding):
    return {"evidence": finding.evidence | {"size": finding.size}, "elsewhere_id": finding.elsewhere}


def _size(oddity):
    return oddity.evidence.get("size", 0)


def _mark():
    return OddityMark.objects.values_list("until", flat=True).first()


def _move_mark(until):
    OddityMark.objects.get_or_create(pk=1, defaults={"until": until})
    OddityMark.objects.filter(until__lt=until).update(until=until)
