"""What is left of an erased learner: numbers in the counts, and nothing that leads back to a person."""

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from courses import event_months
from courses.models import (
    ActiveMonth,
    CountedPerson,
    Enrolment,
    ErasedCourseCount,
    GroupMember,
    GroupSession,
    LearningEvent,
    LessonProgress,
    RejectedEvent,
)
from courses.progress import counting, late, people, settling, sql, state, tables
from courses.progress.events import Row
from courses.progress.holding import lock_learners
from courses.progress.places import places_of, provinces_of

# The events first: see courses.progress.holding.
OF_LEARNER = (LearningEvent, Enrolment, CountedPerson, ActiveMonth, LessonProgress, GroupMember)


@transaction.atomic
def erase_learning(learner):
    """Delete everything that says what one person learned, and keep what it counted for."""
    others = _checked_by(learner)
    lock_learners({learner.pk} | {other for other, _lesson in others})
    settling.look_again([learner.pk])  # what is kept must have been counted
    _keep_counts(learner.pk.hex)
    _forget_typed_names(learner)
    for model in OF_LEARNER:
        model.objects.filter(learner_id=learner.pk).delete()
    LearningEvent.objects.filter(recorder_id=learner.pk).update(recorder=None)
    event_months.erase_apart(learner)
    for session in GroupSession.objects.led_by(learner).filter(ended_at=None):
        session.end()  # nobody leads it any more
    _forget_who_looked(learner, others)
    _drop_rejected(learner)


def _checked_by(learner):
    """The (learner, lesson) of others' tasks at which this person looked, as a helper did."""
    looks = LearningEvent.objects.filter(recorder_id=learner.pk, verb=LearningEvent.Verb.CHECKED)
    return set(looks.order_by().values_list("learner_id", "lesson").distinct())


def _forget_who_looked(learner, others):
    """What was seen of others' tasks stays; who saw it is nobody, as their events say now."""
    keys = {"learner": {other.hex for other, _lesson in others}, "lesson": {lesson.hex for _other, lesson in others}}
    lessons = list(state.lessons_of(**keys).values()) if others else []
    for item in lessons:
        for entry in item.answers.values():
            if entry.get("check", {}).get("by") == learner.pk.hex:
                entry["check"]["by"] = None
    state.keep_lessons(lessons)


def _forget_typed_names(learner):
    """Whom a phone had let in under an id of its own is no longer told by their session."""
    for session in GroupSession.objects.filter(members__learner=learner.pk).exclude(let_in={}).distinct():
        session.let_in = {told: who for told, who in session.let_in.items() if who != str(learner.pk)}
        session.save(update_fields=["let_in"])


def _drop_rejected(learner):
    """What could not be counted is in nobody's figures. Text is searched, as it may be no event at all."""
    told = RejectedEvent.objects.annotate(text=Cast("payload", TextField()))
    mine = Q(recorder_id=learner.pk)
    for spelling in (str(learner.pk), learner.pk.hex):
        mine |= Q(text__icontains=spelling)
    RejectedEvent.objects.filter(pk__in=list(told.filter(mine).values_list("pk", flat=True))).delete()


def _keep_counts(learner):
    """What the learner adds to the counts, by the same functions that counted it, goes to those of the erased."""
    only, persons = {"learner": [learner]}, people.Persons()
    told = settling.counted(**only).get(learner)
    persons.move(told.band if told else "", [], people.of_joining(told) + settling.facts_of([learner])[learner])
    rows = [Row(*row) for row in sql.select(LearningEvent, Row._fields, **only)]
    lessons, courses = state.lessons_of(**only), state.courses_of(**only)
    provinces = provinces_of(places_of(lessons.values()) | persons.places | {row.centre for row in rows})
    counts = counting.of_events(rows, provinces)
    for item in lessons.values():
        counts.update(counting.of_lesson(item, provinces))
    for item in courses.values():
        counts.update(counting.of_course(item))
    counts.update(counting.of_active(sql.select(ActiveMonth, ["learner", "month", "centre", "course"], **only)))
    counts.update(persons.counts(provinces))
    tables.add(counts, erased=True)
    late.add(late.of_events(rows), erased=True)


def places_of_erased():
    """The pks of the centres at which somebody learned who has been erased since."""
    return {centre for (centre,) in sql.select(ErasedCourseCount, ["centre"])}


def drop_rejected(found):
    """Let go of what could not be counted, once nobody will mend it any more."""
    RejectedEvent.objects.filter(pk__in=found.values("pk")).delete()
