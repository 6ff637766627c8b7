"""Learning together round one screen: the session that somebody leads, and who was there from when to when."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.centres.models import LearnerOwnedQuerySet
from lms.centres.models.sight import centres_cared_for, only_centre, sees_all

MOST = 8  # members at a time, the one who leads included if they learn: more do not fit round one screen
NUMBER_HOLDS_FOR = timedelta(minutes=10)


class GroupSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members see the sessions they were in, whoever leads one sees it, caretakers those at their centres."""
        if not user.is_authenticated:
            return self.none()
        if sees_all(user):
            return self
        cared_for = Q(centre__in=centres_cared_for(user))
        if only_centre(user):
            return self.filter(cared_for)
        joined = GroupMember.objects.filter(learner_id=user.pk).order_by().values("session")
        return self.filter(cared_for | Q(facilitator_id=user.pk) | Q(pk__in=joined))

    def led_by(self, user):
        return self.filter(facilitator_id=user.pk)

    def open(self):
        """Those that go on: neither ended nor forgotten."""
        return self.filter(ended_at=None, touched_at__gte=_idle_since())

    def forgotten(self):
        """Those that nobody has touched for too long and that nobody has ended."""
        return self.filter(ended_at=None, touched_at__lt=_idle_since())

    def close_forgotten(self):
        """End them with their last touch."""
        self.forgotten().update(ended_at=F("touched_at"), is_forgotten=True)


def _idle_since():
    return timezone.now() - timedelta(seconds=settings.SALA_GROUP_IDLE_SECONDS)


class GroupSession(models.Model):
    """Some people, one screen, and a lesson or a course's group activity (then `lesson` is null)."""

    class Mode(models.TextChoices):
        ALL = "all", _("Everybody together")
        ONE_BY_ONE = "one_by_one", _("One after the other")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="group_sessions")
    device = models.ForeignKey("centres.Device", models.SET_NULL, null=True, related_name="+")
    facilitator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="group_sessions")
    course = models.UUIDField()
    lesson = models.UUIDField(null=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ALL)
    step = models.PositiveSmallIntegerField(default=0)  # where the group is
    number = models.CharField(max_length=6, blank=True)  # with which a phone joins, until number_until
    number_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    is_forgotten = models.BooleanField(default=False)  # it was not ended by anybody
    turned_away = models.JSONField(default=dict)  # who came without a line and whose code did not fit: {arrival: why}
    let_in = models.JSONField(default=dict)  # who typed their name without a line: {id made by the phone: learner's}

    objects = GroupSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["touched_at"], condition=Q(ended_at=None), name="group_sessions_going_on")]

    def __str__(self):
        return f"{self.centre_id} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self):
        return self.ended_at is None and self.touched_at >= _idle_since()

    @property
    def over_at(self):
        """When it ended, or was touched last before it was forgotten; None while it goes on."""
        return self.ended_at or (None if self.is_open else self.touched_at)

    def touch(self, step=None):
        """Somebody is there. A session that was closed is not opened by it."""
        self.touched_at = timezone.now()
        changes = {"touched_at": self.touched_at} | ({} if step is None else {"step": step})
        type(self).objects.open().filter(pk=self.pk).update(**changes)
        self.step = self.step if step is None else step

    def end(self, at=None):
        """Close it for everybody. Ending twice keeps the first moment."""
        mine = type(self).objects.filter(pk=self.pk)
        mine.close_forgotten()
        mine.filter(ended_at=None).update(ended_at=at or timezone.now(), number="")
        self.refresh_from_db()

    def number_to_join(self):
        """Six digits that no other session has now; new ones when the old ones ran out."""
        now = timezone.now()
        if not self.number or self.number_until <= now:
            taken = set(type(self).objects.filter(number_until__gt=now).values_list("number", flat=True))
            free = (f"{secrets.randbelow(10**6):06d}" for _try in range(100))
            self.number = next(number for number in free if number not in taken)
            self.number_until = now + NUMBER_HOLDS_FOR
            self.save(update_fields=["number", "number_until"])
        return self.number


class GroupMemberQuerySet(LearnerOwnedQuerySet):
    def visible_to(self, user):
        """Also to who leads the session."""
        found = super().visible_to(user)
        if not user.is_authenticated or sees_all(user) or only_centre(user):
            return found
        return found | self.filter(session__facilitator_id=user.pk)

    def present(self):
        return self.filter(left_at=None)


class GroupMember(models.Model):
    """That a learner was there, from one moment to another; who comes back has another row.

    `left_at` is null for who stayed to the end of the session.
    """

    pk = models.CompositePrimaryKey("learner_id", "session_id", "joined_at")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_memberships", db_index=False
    )
    session = models.ForeignKey(GroupSession, models.CASCADE, related_name="members")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "session"], condition=Q(left_at=None), name="present_once_in_a_group_session"
            )
        ]

    def __str__(self):
        return f"{self.learner_id} {self.session_id}"
