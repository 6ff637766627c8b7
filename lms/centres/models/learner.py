"""Learners: people with a home centre."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from lms.accounts.models import User, UserManager, UserQuerySet
from lms.centres.models.consent import Consent
from lms.centres.models.owned import LearnerOwnedQuerySet
from lms.centres.models.sight import centres_cared_for, only_centre, sees_all
from lms.centres.signals import homes_given

MINORS = User.AgeBand.CHILD, User.AgeBand.YOUTH  # under 20: a guardian is asked (PDPA s.20)
YEAR = timedelta(days=365)


class HomeCentreQuerySet(LearnerOwnedQuerySet):
    home_centre = "centre_id"

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        homes = super().bulk_create(objs, *args, **kwargs)
        homes_given.send(HomeCentre, learners=[home.learner_id for home in homes])
        return homes


class HomeCentre(models.Model):
    """The centre a learner belongs to. It is here because knowledge flows from accounts to centres."""

    learner = models.OneToOneField("accounts.User", models.CASCADE, primary_key=True, related_name="home")
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="learners")
    since = models.DateField(default=timezone.localdate)
    subdistrict = models.ForeignKey(  # where they live, which may be another one than the centre's
        "centres.Subdistrict", models.PROTECT, null=True, blank=True, related_name="+"
    )
    age_checked_on = models.DateField(null=True, blank=True)  # of those under 20: when their band was asked for last
    asked_to_stay_on = models.DateField(null=True, blank=True)  # see lms.network.retention

    objects = HomeCentreQuerySet.as_manager()

    def __str__(self):
        return f"{self.learner_id} {self.centre_id}"

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if "centre" in (kwargs.get("update_fields") or ["centre"]):
            homes_given.send(HomeCentre, learners=[self.learner_id])


class LearnerQuerySet(UserQuerySet):
    def at(self, *centres):
        return self.filter(home__centre__in=centres)

    def active(self):
        return self.filter(is_active=True)

    def waiting_for_guardian(self):
        """Those under 20 for whom no guardian's consent to learn is in force."""
        allowed = Consent.objects.in_force().filter(learner=OuterRef("pk"), purpose=Consent.Purpose.LEARNING)
        return self.filter(~Exists(allowed), age_band__in=MINORS)

    def with_papers_to_look_at(self):
        """Those under 20 whose age was not asked for in a year, and those whose extras somebody else should allow.

        The extras of who is under 20 are the guardian's to allow; who has become 20 allows them alone.
        """
        long_ago = timezone.localdate() - YEAR
        asked = Coalesce("home__age_checked_on", "home__since")
        extras = Consent.objects.in_force().filter(learner=OuterRef("pk")).exclude(purpose=Consent.Purpose.LEARNING)
        under, over = Q(age_band__in=MINORS), ~Q(age_band__in=MINORS)
        return self.annotate(age_asked_on=asked).filter(
            under & (Q(age_asked_on__lte=long_ago) | Q(Exists(extras.filter(guardian_name=""))))
            | over & Q(Exists(extras.exclude(guardian_name="")))
        )

    def visible_to(self, user):
        """Learners see themselves; caretakers and core members the people of their centres.

        A ministry officer sees counts, not names; but the one whose record this request opened with a reason
        (lms.centres.opened).
        """
        if not user.is_authenticated:
            return self.none()
        if sees_all(user):
            return self
        cared_for = Q(home__centre_id__in=centres_cared_for(user))
        own = Q(pk=user.pk) | Q(pk=getattr(user, "opened_record", user.pk))
        return self.filter(cared_for if only_centre(user) else own | cared_for)


class LearnerManager(UserManager.from_queryset(LearnerQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(home__isnull=False)


class Learner(User):
    """A user with a home centre: the people whom every learners' list, page and export is about."""

    objects = LearnerManager()

    class Meta:
        proxy = True
