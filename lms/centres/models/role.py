"""What people do for centres, each with its dates: roles end, what was done under them stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.centres.models.dated import Dated, DatedQuerySet
from lms.centres.models.sight import centres_cared_for, only_centre, sees_all


class RoleQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """One's own roles; who gives and ends them in the studio sees all."""
        return self if sees_all(user) else self.filter(user_id=user.pk)


class MembershipQuerySet(RoleQuerySet):
    def visible_to(self, user):
        """One's own work, and that of others at the centres that one looks after."""
        if sees_all(user):
            return self
        cared_for = models.Q(centre_id__in=centres_cared_for(user))
        return self.filter(cared_for if only_centre(user) else models.Q(user_id=user.pk) | cared_for)


class Membership(Dated):
    """Somebody's work at one centre."""

    class Role(models.TextChoices):
        CARETAKER = "caretaker", _("Caretaker")
        HELPER = "helper", _("Helper")

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships", verbose_name=_("person"))
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="memberships", verbose_name=_("centre"))
    role = models.CharField(_("role"), max_length=10, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("work at a centre")
        verbose_name_plural = _("work at centres")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "centre", "role"],
                condition=models.Q(ended_on=None),
                name="one_open_membership_of_a_kind",
                violation_error_message=_("This person has that role at this centre already."),
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.centre}"


class Appointment(Dated):
    """A core member's charge: one region, and the centres in it that they look after."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="appointments", verbose_name=_("person"))
    region = models.ForeignKey("centres.Region", models.PROTECT, related_name="appointments", verbose_name=_("region"))
    centres = models.ManyToManyField(
        "centres.Centre", related_name="appointments", blank=True, verbose_name=_("centres")
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("core member")
        verbose_name_plural = _("core members")

    def __str__(self):
        return f"{self.user}, {self.region}"


class MinistryPost(Dated):
    """An officer of the ministry, for as long as they hold the post."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="ministry_posts", verbose_name=_("person"))
    edits_courses = models.BooleanField(
        _("writes the nation's courses"),
        default=False,
        help_text=_("And reviews lessons of centres that have no core member."),
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("ministry post")
        verbose_name_plural = _("ministry posts")

    def __str__(self):
        return str(self.user)
