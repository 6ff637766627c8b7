"""Where, when and under which age people are counted, kept in step with their homes, their ages and certificates."""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from courses.models import ActiveMonth, Certificate, CountedPerson
from courses.progress import people, sql, state, tables
from courses.progress.events import month_of
from courses.progress.holding import lock_learners, wait_for_holder
from courses.progress.places import provinces_of
from lms.centres.models import HomeCentre

NAMES = ["learner", "month", "centre", "age_band"]
_gathered = ContextVar("learners to be looked at in the end", default=None)


class Counted(NamedTuple):
    """A row of CountedPerson."""

    learner: str
    month: int
    centre: int
    band: str


def counted(**filters):
    """Under what people are counted, by learner."""
    return {row[0]: Counted(*row) for row in sql.select(CountedPerson, NAMES, **filters)}


def keep(people_counted):
    sql.upsert(CountedPerson, NAMES, people_counted)


def as_they_are(learners):
    """What `counted` should say of these learners, and of nobody else.

    Where somebody joined stays so, wherever they move and whatever becomes of the centre; their age is that of today.
    """
    homes = HomeCentre.objects.filter(learner_id__in=learners).order_by()
    rows = homes.values_list("learner_id", "learner__date_joined", "centre_id", "learner__age_band")
    known, found = counted(learner=learners), {}
    for learner, joined, home, band in rows:
        told = known.get(learner.hex)
        found[learner.hex] = Counted(learner.hex, month_of(joined), told.centre if told else home, band)
    return found


def persons(now, learners, courses, active):
    """What some people count for: `now` is under what, as `as_they_are` gives it, the rest as `facts` takes it."""
    found = people.Persons()
    for learner, theirs in facts(learners, courses, active).items():
        told = now.get(learner)
        found.move(told.band if told else "", [], people.of_joining(told) + theirs)
    return found


def facts_of(learners):
    """What is counted of each learner's learning and certificates, by learner."""
    active = sql.select(ActiveMonth, ["learner", "month", "centre", "course"], learner=learners)
    return facts(learners, state.courses_of(learner=learners).values(), active)


def facts(learners, courses, active):
    """The same, of the states of all their courses, and the (learner, month, centre, course) of all their months."""
    certificates = sql.select(Certificate, ["learner", "issued_at", "centre", "course"], learner=learners)
    started, active = _by_learner((item.learner, item) for item in courses), _by_learner(_split(active))
    certificates = _by_learner(_split(certificates))
    return {
        learner: people.of_courses(started.get(learner, ()))
        + people.of_active(active.get(learner, ()))
        + people.of_certificates(certificates.get(learner, ()))
        for learner in learners
    }


def _split(rows):
    return ((row[0], tuple(row[1:])) for row in rows)


def _by_learner(pairs):
    found = {}
    for learner, told in pairs:
        found.setdefault(learner, []).append(told)
    return found


def bands_of(learners, persons):
    """The age band under which each learner is counted. Who is counted under none yet, is from now on."""
    found = {learner: told.band for learner, told in counted(learner=learners).items()}
    missing = learners - found.keys()
    if missing:
        found |= {learner: told.band for learner, told in settle(missing, persons).items()}
    return found


def settle(learners, persons):
    """Count these locked learners as they are now, and tell `persons` what that moves. Returns how they are."""
    wait_for_holder()
    before, now = counted(learner=learners), as_they_are(learners)
    changed = {learner for learner in learners if before.get(learner) != now.get(learner)}
    keep([now[learner] for learner in sorted(changed & now.keys())])
    if gone := changed - now.keys():
        CountedPerson.objects.filter(pk__in=gone).delete()
    both = changed & before.keys() & now.keys()
    other_age = {learner for learner in both if before[learner].band != now[learner].band}
    learned = facts_of(other_age) if other_age else {}
    for learner in changed:
        old, new = before.get(learner), now.get(learner)
        if old:
            persons.move(old.band, people.of_joining(old) + learned.get(learner, []), [])
        if new:
            persons.move(new.band, [], people.of_joining(new) + learned.get(learner, []))
    return now


def look_again(learners):
    """Somebody's home or age may be another: count them as they are now."""
    learners = {_hex(learner) for learner in learners}
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(learners)
        return
    with transaction.atomic():
        lock_learners(learners)
        persons = people.Persons()
        settle(learners, persons)
        _add(persons)


def _hex(learner):
    """An id as it is written in this package; a row that was made of a file has it as text."""
    return UUID(str(learner)).hex


@contextmanager
def looking_once():
    """Look at all who change inside at the end, once: counts are then written in one order by everybody."""
    token = _gathered.set(set())
    try:
        yield
        learners = _gathered.get()
    finally:
        _gathered.reset(token)
    if learners:
        look_again(learners)


@transaction.atomic
def count_no_more(learners):
    """These learners are about to be deleted, and never were here: joining is all that was counted of them."""
    wait_for_holder()
    found = counted(learner={_hex(learner) for learner in learners})
    if not found:
        return
    persons = people.Persons()
    for told in found.values():
        persons.move(told.band, people.of_joining(told), [])
    CountedPerson.objects.filter(pk__in=found).delete()
    _add(persons)


@contextmanager
def certifying(learner):
    """Count the certificate that is given inside, if it is the person's first, or their first of its course."""
    key, persons = learner.pk.hex, people.Persons()
    with transaction.atomic():
        lock_learners([learner.pk])
        wait_for_holder()
        band = bands_of({key}, persons).get(key, "")
        before = facts_of([key])[key]
        yield
        persons.move(band, before, facts_of([key])[key])
        _add(persons)


def _add(persons):
    places = persons.places
    if places:
        tables.add(persons.counts(provinces_of(places)))
