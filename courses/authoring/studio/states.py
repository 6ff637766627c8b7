"""How a lesson stands on its way to its learners, in a word and a tone."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import LessonReview

WAITING, SENT_BACK = LessonReview.State.WAITING, LessonReview.State.SENT_BACK
SHOWS = ("drafts", "waiting", "sent_back", "published")


@dataclass(frozen=True)
class State:
    """`tone` is a class of tokens.css: what one looks at first is `now`."""

    name: str
    words: str
    tone: str = ""


def with_reviews(lessons):
    """The same lessons, each with the state of its last asking to be published."""
    last = LessonReview.objects.to_publish().filter(lesson=OuterRef("pk")).order_by("-submitted_at")
    return lessons.annotate(
        review_state=Subquery(last.values("state")[:1]), review_since=Subquery(last.values("submitted_at")[:1])
    )


def shown(lessons, show):
    """Of lessons with their reviews, those that stand so."""
    if show == "published":
        return lessons.filter(live=True)
    if show == "waiting":
        return lessons.filter(review_state=WAITING)
    if show == "sent_back":
        return lessons.filter(review_state=SENT_BACK, has_unpublished_changes=True)
    if show == "drafts":
        return lessons.filter(Q(review_state=None) | ~Q(review_state=WAITING), live=False)
    return lessons


def state_of(lesson, today):
    """Of a lesson with its review. A lesson that learners have and that is being changed says both."""
    if lesson.adopted_from_id:
        return State("adopted", _("From another centre; corrections come by themselves"), "done")
    if lesson.review_state == WAITING:
        days = (today - timezone.localdate(lesson.review_since)).days
        since = ngettext("since %(n)d day", "since %(n)d days", days) % {"n": days} if days else _("since today")
        return State("waiting", _("Waits to be looked at %(since)s") % {"since": since}, "now")
    if lesson.review_state == SENT_BACK and (not lesson.live or lesson.has_unpublished_changes):
        return State("sent_back", _("Sent back: look at what to mend"), "stop")
    if lesson.live and lesson.has_unpublished_changes:
        return State("changed", _("Learners have it; your changes are not sent yet"), "now")
    if lesson.live:
        return State("published", _("Learners have it"), "done")
    return State("draft", _("Draft, only you see it"))
