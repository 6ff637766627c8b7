"""Handing a lesson in, and what is answered. Each verb says whether it did something: the first answer counts."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.authoring.review.missing import missing
from courses.models import LessonReview, ReviewComment
from lms.centres.audit import Action, note

State, Purpose = LessonReview.State, LessonReview.Purpose


class NotReady(Exception):
    """The argument lists what is missing."""


class NewerHandedIn(Exception):
    """The author handed in another version while somebody looked at this one."""


def submit(lesson, user):
    """Hand in the newest draft. One that waits already keeps its place in the queue. Raises NotReady."""
    revision = lesson.get_latest_revision()
    if found := missing(revision.as_object() if revision else lesson):
        raise NotReady(found)
    return _ask(lesson, user, Purpose.PUBLISH, revision)


def ask_to_offer(lesson, user):
    return _ask(lesson, user, Purpose.OFFER, lesson.live_revision)


def _ask(lesson, user, purpose, revision):
    waiting = LessonReview.objects.waiting().filter(lesson=lesson, purpose=purpose)
    try:
        with transaction.atomic():
            if not waiting.update(revision=revision, submitted_by=user):
                LessonReview.objects.create(lesson=lesson, purpose=purpose, revision=revision, submitted_by=user)
    except IntegrityError:  # pressed twice in the same moment
        waiting.update(revision=revision, submitted_by=user)
    return waiting.get()


def withdraw(review, user):
    return review.close(State.WITHDRAWN, user)


@transaction.atomic
def send_back(review, user, words):
    done = review.close(State.SENT_BACK, user, words)
    if done:
        _note(user, Action.SENT_BACK, review)
    return done


@transaction.atomic
def publish(review, user, revision_id):
    """Show it to learners, as it was looked at. Raises NotReady or NewerHandedIn."""
    if review.revision_id is None or review.revision_id != revision_id:
        raise NewerHandedIn
    if found := missing(review.revision.as_object()):
        raise NotReady(found)
    if not review.close(State.PUBLISHED, user):
        return False
    ReviewComment.objects.open().filter(review__lesson=review.lesson_id).update(resolved_at=timezone.now())
    review.revision.publish(user=user, skip_permission_checks=True)  # the reviewer's role was asked for by the caller
    _note(user, Action.PUBLISHED, review)
    return True


@transaction.atomic
def agree_to_offer(review, user):
    """Offer it to all centres, if its licence and its owner still allow it and learners still see it."""
    lesson = review.lesson
    if not may_be_offered(lesson) or not review.close(State.OFFERED, user):
        return False
    type(lesson).objects.filter(pk=lesson.pk).update(offered_at=timezone.now())
    _note(user, Action.OFFERED, review)
    return True


def may_be_offered(lesson):
    """All three licences let Sala's centres use it; a name needs its owner's yes, and what was adopted is another's."""
    has_consent = lesson.credit_consent or not lesson.credit
    return bool(lesson.live and has_consent and lesson.licence and not lesson.adopted_from_id)


def _note(user, action, review):
    note(user, action, centre=review.lesson.course.centre_id, detail=f"written {review.lesson.key}")
