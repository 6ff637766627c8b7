"""A lesson on its way to its learners: who handed it in, who looked at it, and what they said of which part."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.course import LessonPage
from lms.accounts.ids import uuid7

LONG = timedelta(days=3)  # who waits for as long is told of to those who review


def _person():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")


class LessonReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the lessons that one writes, and of those that one reviews."""
        from courses.authoring.rights import lessons_seen_by

        return self.filter(lesson__in=lessons_seen_by(user).order_by().values("pk"))

    def waiting(self):
        return self.filter(state=LessonReview.State.WAITING)

    def to_publish(self):
        return self.filter(purpose=LessonReview.Purpose.PUBLISH)

    def to_offer(self):
        return self.filter(purpose=LessonReview.Purpose.OFFER)

    def waiting_long(self, now=None):
        return self.waiting().filter(submitted_at__lte=(now or timezone.now()) - LONG)


class LessonReview(models.Model):
    """One asking for a lesson to be published, or to be offered to all centres, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be looked at")
        SENT_BACK = "sent_back", _("sent back to be mended")
        PUBLISHED = "published", _("published")
        OFFERED = "offered", _("offered to all centres")
        WITHDRAWN = "withdrawn", _("taken back")

    class Purpose(models.TextChoices):
        PUBLISH = "publish", _("to be published")
        OFFER = "offer", _("to be offered to all centres")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lesson = models.ForeignKey(LessonPage, models.CASCADE, related_name="reviews")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.PUBLISH)
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")
    submitted_by = _person()
    submitted_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reviewed_by = _person()
    reviewed_at = models.DateTimeField(null=True)
    words = models.TextField(_("what you say to its author"), max_length=2000, blank=True)

    objects = LessonReviewQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "purpose"], condition=Q(state="waiting"), name="one_waiting_review_of_a_lesson"
            )
        ]
        indexes = [models.Index(fields=["submitted_at"], condition=Q(state="waiting"), name="reviews_that_wait")]

    def __str__(self):
        return f"{self.lesson_id} {self.state}"

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_offer(self):
        return self.purpose == self.Purpose.OFFER

    @property
    def days(self):
        """For how many whole days it has waited, or did wait."""
        return ((self.reviewed_at or timezone.now()) - self.submitted_at).days

    def close(self, state, by, words=""):
        """Whether this was the answer: the first one counts, also of two who press at once."""
        now = timezone.now()
        waiting = type(self).objects.filter(pk=self.pk, state=self.State.WAITING)
        if not waiting.update(state=state, reviewed_by=by, reviewed_at=now, words=words):
            return False
        self.state, self.reviewed_by, self.reviewed_at, self.words = state, by, now, words
        return True


class ReviewCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__in=LessonReview.objects.visible_to(user).order_by().values("pk"))

    def open(self):
        return self.filter(resolved_at=None)


class ReviewComment(models.Model):
    """What a reviewer says of one part of a lesson, or without a part of the whole; the author ticks what is mended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(LessonReview, models.CASCADE, related_name="comments")
    block = models.UUIDField(null=True)
    words = models.TextField(_("comment"), max_length=1000)
    author = _person()
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self):
        return self.words[:40]


class ReviewReminder(models.Model):
    """That somebody was reminded on a day: once is enough."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    on = models.DateField(default=timezone.localdate)
    reviews = models.PositiveSmallIntegerField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "on"], name="one_reminder_a_day_to_a_reviewer")]

    def __str__(self):
        return f"{self.reviewer_id} {self.on}"
