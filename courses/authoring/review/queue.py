"""What waits: for a reviewer, and of an author's own. The oldest first, each with its age in days."""

from dataclasses import dataclass

from courses.authoring import rights
from courses.models import LessonReview, with_courses


@dataclass(frozen=True)
class Told:
    """For a home screen: how many wait, and for how many days the oldest has."""

    number: int
    days: int

    def __bool__(self):
        return self.number > 0


def to_review(user):
    """What waits for this person's word."""
    return LessonReview.objects.waiting().filter(lesson__in=_pks(rights.lessons_reviewed_by(user)))


def own_waiting(user):
    """What waits of the lessons that this person writes."""
    return LessonReview.objects.waiting().filter(lesson__in=_pks(rights.lessons_written_by(user)))


def told(reviews):
    """Counted by one query."""
    dates = list(reviews.order_by("submitted_at").values_list("submitted_at", flat=True))
    return Told(len(dates), LessonReview(submitted_at=dates[0]).days if dates else 0)


def rows_of(reviews):
    """Rows for a list, with all that it names: two queries, however many there are."""
    reviews = list(reviews.select_related("lesson", "submitted_by").defer("lesson__body"))
    with_courses(review.lesson for review in reviews)
    return reviews


def _pks(lessons):
    return lessons.order_by().values("pk")
