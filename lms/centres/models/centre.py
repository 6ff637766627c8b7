"""The community ICT learning centre, and the programmes and contracts it was part of."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.centres.models.closure import Closure
from lms.centres.models.dated import Dated
from lms.centres.models.past import NAMES_OF_KEPT, CentrePast, pasts_kept
from lms.centres.models.place import Named
from lms.centres.models.sight import centres_cared_for, only_centre

CODE = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*\Z", _("Use the letters A to Z, digits and hyphens, such as TH-32-0001.")
)

# Thailand lies within: Betong to Mae Sai, Sop Moei to Khong Chiam.
LATITUDES = Decimal("5.6"), Decimal("20.5")
LONGITUDES = Decimal("97.3"), Decimal("105.7")

MOST_SEATS = 500


def _between(limits):
    return [MinValueValidator(limits[0]), MaxValueValidator(limits[1])]


class CentreQuerySet(models.QuerySet):
    def run_by(self, user):
        """Centres whose caretaker this person is: only they may change things there."""
        if not user.is_authenticated:
            return self.none()
        return self._of_token(user).filter(pk__in=user.memberships.in_force().filter(role="caretaker").values("centre"))

    def helped_at_by(self, user):
        """Centres where this person is a helper: they check tasks and lead groups there, and see no more."""
        if not user.is_authenticated:
            return self.none()
        return self._of_token(user).filter(pk__in=user.memberships.in_force().filter(role="helper").values("centre"))

    def cared_for_by(self, user):
        """Centres whose people this person looks after: as caretaker, or as core member."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=centres_cared_for(user))

    def visible_to(self, user):
        """Which centres may this person see? Every other `visible_to` asks here or `cared_for_by`.

        The ministry sees all of them, as counts; caretakers and core members those they care for;
        a learner the centre they call home.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.ministry_posts.in_force().exists():
            return self._of_token(user)
        home = Centre.objects.order_by().filter(learners__learner_id=user.pk).values("pk")
        return self._of_token(user).filter(Q(pk__in=home) | Q(pk__in=centres_cared_for(user)))

    def _of_token(self, user):
        """Of these the one that the token was made for, if it was made for one."""
        return self.filter(code=only_centre(user)) if only_centre(user) else self

    def of_code(self, code):
        """Those among these that have the code, or had it before: one at most, as codes are never used again."""
        code = code if code.isprintable() else ""
        had = CentrePast.objects.order_by().filter(code=code)
        return self.filter(Q(code=code) | Q(pk__in=had.values("centre")))

    def by_code(self, code):
        """The centre that has this code, or had it; None if it is none of these."""
        return self.of_code(code).first()

    def the_one(self, code=""):
        """Of these the centre that has this code, or had it; without a code the only one. None where it is not one."""
        found = list((self.of_code(code) if code else self)[:2])
        return found[0] if len(found) == 1 else None

    def update(self, **fields):
        if NAMES_OF_KEPT.isdisjoint(fields):
            return super().update(**fields)
        with pasts_kept(self):
            return super().update(**fields)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        objs = list(objs)
        if not update_conflicts:
            return self._closed_from_now(super().bulk_create(objs, *args, **kwargs))
        with pasts_kept(Centre.objects.filter(code__in=[centre.code for centre in objs])):
            return self._closed_from_now(super().bulk_create(objs, *args, update_conflicts=True, **kwargs))

    def _closed_from_now(self, centres):
        """Those that are not open, new ones among them, are so from tomorrow on unless they were before."""
        codes = [centre.code for centre in centres if centre.status != Centre.Status.OPEN]
        if codes:
            Closure.objects.follow(dict(Centre.objects.filter(code__in=codes).values_list("pk", "status")))
        return centres


class Centre(Named):
    class HostKind(models.TextChoices):
        TEMPLE = "temple", _("Temple")
        SCHOOL = "school", _("School")
        LOCAL_AUTHORITY = "local_authority", _("Local authority")
        LIBRARY = "library", _("Library")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")

    class Line(models.TextChoices):
        FIBRE = "fibre", _("Fibre or cable")
        MOBILE = "mobile", _("Mobile network")
        SATELLITE = "satellite", _("Satellite")
        OTHER = "other", _("Other line")
        NONE = "none", _("No line")

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    subdistrict = models.ForeignKey(
        "centres.Subdistrict", models.PROTECT, related_name="centres", verbose_name=_("subdistrict")
    )
    host_kind = models.CharField(_("host"), max_length=16, choices=HostKind)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True, validators=_between(LATITUDES)
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=_between(LONGITUDES)
    )
    # What it is like, so that like is compared with like. Empty: not told.
    line = models.CharField(_("line to the internet"), max_length=9, choices=Line, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("number of PCs"), null=True, blank=True, validators=[MaxValueValidator(MOST_SEATS)]
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    merged_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["code"]

    def clean(self):
        super().clean()
        if self.status != self.Status.OPEN and not self.status_reason.strip():
            raise ValidationError({"status_reason": _("Say why the centre is not open.")})
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _("Give both latitude and longitude, or neither.")})
        if CentrePast.objects.filter(code=self.code).exclude(centre=self.pk).exists():
            raise ValidationError({"code": _("Another centre had this code. Codes are never used again.")})

    def save(self, *args, **kwargs):
        """Where this changes what the centre was, that is kept."""
        if self.pk is None:
            return self._save_new(*args, **kwargs)
        with pasts_kept(Centre.objects.filter(pk=self.pk)):
            return super().save(*args, **kwargs)

    @transaction.atomic
    def _save_new(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.status != self.Status.OPEN:
            Closure.objects.follow({self.pk: self.status})

    @property
    def province_code(self):
        """Subdistrict codes begin with the province's two digits."""
        return self.subdistrict_id[:2]

    def appoint_caretaker(self, user, started_on=None, ended_on=None):
        """Let this person care for the centre. Appointing twice keeps the first day."""
        return self.memberships.get_or_create(
            user=user,
            role="caretaker",
            ended_on=ended_on,
            defaults={"started_on": started_on or timezone.localdate()},
        )[0]

    def welcome(self, learner, subdistrict=None):
        """Make this the learner's home centre, from today on. A learner has one; twice keeps the first day."""
        homes = self.learners.model.objects
        first = {"centre": self, "subdistrict": subdistrict}
        home, _new = homes.get_or_create(learner_id=learner.pk, defaults=first)
        if home.centre_id != self.pk:
            home.centre, home.since = self, timezone.localdate()
            home.save()
        learner.home = home
        return home


class Programme(Named):
    """A national programme or a contract that sets centres up and pays for them."""

    code = models.CharField(_("code"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]


class ProgrammeMembership(Dated):
    """That a centre was part of a programme, and when. It may leave and come back."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="programmes", verbose_name=_("centre"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="centres", verbose_name=_("programme"))

    class Meta:
        verbose_name = _("centre in a programme")
        verbose_name_plural = _("centres in programmes")
        constraints = [
            models.UniqueConstraint(fields=["centre", "programme", "started_on"], name="one_start_in_a_programme"),
            models.UniqueConstraint(
                fields=["centre", "programme"],
                condition=Q(ended_on=None),
                name="one_open_membership_in_a_programme",
                violation_error_message=_("The centre is in this programme already."),
            ),
        ]

    def __str__(self):
        return f"{self.centre}, {self.programme}"
