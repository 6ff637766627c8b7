"""What looks odd in what was recorded: a question to the centre, its answer beside it. Nothing follows by itself."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.centres.models.sight import centres_cared_for, only_centre

THE_CENTRE = UUID(int=0)  # the subject of a question that is about nobody and no lesson in particular


class OddityQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def answered(self):
        return self.exclude(answered_at=None)

    def visible_to(self, user):
        """Those of the centres one looks after; all to the ministry, whose pages say nothing of persons."""
        if not user.is_authenticated:
            return self.none()
        sees_all = user.is_superuser or user.ministry_posts.in_force().exists()
        if sees_all and not only_centre(user):
            return self
        return self.filter(centre_id__in=centres_cared_for(user))

    def hand_on(self, old, new):
        """One centre became part of another, whose people can answer what waits; what was asked of both stays."""
        same = self.filter(centre=new, day=OuterRef("day"), kind=OuterRef("kind"), subject=OuterRef("subject"))
        self.waiting().filter(~Exists(same), centre=old).update(centre=new)

    def forget(self, learner):
        """Leave of an erased person's questions the counts: not who it was, nor words that may tell it."""
        for oddity in self.filter(learner_id=learner.pk):
            oddity.learner, oddity.subject, oddity.words = None, uuid4(), ""
            oddity.save(update_fields=["learner", "subject", "words"])


class Oddity(models.Model):
    """One question for each kind, centre, day and subject: found again it is the same one.

    `day` is that of what was seen, or the Monday of its week. `evidence` has counts and times, no names and no ids.
    """

    class Kind(models.TextChoices):
        FAST = "fast", _("Finished very fast, again and again")
        FAST_MANY = "fast_many", _("Several people finished very fast")
        CROWD = "crowd", _("Many finished at the same moment")
        CLOSED = "closed", _("Learning while the centre was not open")
        TWO_PLACES = "two_places", _("At two centres almost at once")

    class Answer(models.TextChoices):
        TOGETHER = "together", _("We learned together")
        AT_HOME = "at_home", _("Learned at home or on a phone")
        WAS_OPEN = "was_open", _("The centre was open")
        LATER = "later", _("Written down afterwards")
        TESTING = "testing", _("Somebody was trying the system")
        PUT_RIGHT = "put_right", _("It was a mistake, and it is put right")
        UNKNOWN = "unknown", _("We do not know")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="oddities", db_index=False)
    day = models.DateField()
    subject = models.UUIDField(default=THE_CENTRE)  # the learner, or the lesson; at random once the learner is erased
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="oddities")
    lesson = models.UUIDField(null=True)
    elsewhere = models.ForeignKey("centres.Centre", models.PROTECT, null=True, related_name="+", db_index=False)
    evidence = models.JSONField(default=dict)
    found_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.TextField(max_length=500, blank=True)

    objects = OddityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "day", "kind", "subject"], name="one_question_about_an_oddity")
        ]
        indexes = [models.Index(fields=["centre"], condition=Q(answered_at=None), name="oddities_to_be_answered")]

    def __str__(self):
        return f"{self.kind} {self.centre_id} {self.day}"

    def explain(self, by, answer, words=""):
        """The centre's answer. Answering twice keeps the first; whether this one was taken."""
        told = {"answered_at": timezone.now(), "answered_by": by, "answer": answer, "words": words}
        taken = type(self).objects.waiting().filter(pk=self.pk).update(**told)
        self.refresh_from_db()
        return bool(taken)


class OddityMark(models.Model):
    """As far as what was recorded has been looked through: one row."""

    until = models.DateTimeField()

    def __str__(self):
        return f"{self.until:%Y-%m-%d %H:%M}"
