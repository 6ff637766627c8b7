"""Keeping things no longer than needed: the rules, each with what it finds and what it does about it.

Everything is found before anything is done, so that a dry run says the same numbers. Running it twice at once
harms nothing: each step asks again for what is still there.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from courses.authoring.importing.work import forget as forget_imports
from courses.models import Certificate, Enrolment, GroupSession, LessonImport, Oddity, RejectedEvent
from courses.progress import drop_rejected
from lms.accounts.models import User, WrongTry
from lms.accounts.tries import longest_window
from lms.centres.models import (
    AuditEntry,
    Consent,
    DataRequest,
    HomeCentre,
    ImportedLearner,
    LearnerImport,
    PhoneInvite,
    SignIn,
    VisitCount,
)
from lms.network.erasing import HasARole, erase, works_for_the_network

MINORS = (User.AgeBand.CHILD, User.AgeBand.YOUTH)
SURELY_21 = timedelta(days=21 * 366)  # whoever was born when the paper was signed


class Rule(NamedTuple):
    """`found` are rows, `since` the name of the moment by which the oldest is told, `act` what is done to them."""

    name: str
    found: QuerySet
    since: str
    act: object


class Line(NamedTuple):
    name: str
    count: int
    oldest: object


def keep_to(dry_run=False):
    """Apply every rule; what each found, and the oldest of it."""
    rules = [*_of_people(), *_of_rows()]
    report = [_line(rule) for rule in rules]
    if not dry_run:
        for rule, line in zip(rules, report, strict=True):
            if line.count:
                rule.act(rule.found)
    return report


def _line(rule):
    told = rule.found.aggregate(oldest=Min(rule.since))
    return Line(rule.name, rule.found.count(), told["oldest"])


def _ago(days):
    return timezone.now() - timedelta(days=days)


def _days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def homes():
    """Learners who have no other work here, with the day of their last sign of life.

    `last_login` and not the sign-ins, which are gone after a year.
    """
    learned = Enrolment.objects.filter(learner=OuterRef("learner")).order_by().values("learner")
    learned = learned.annotate(last=Max("last_at")).values("last")
    joined = F("learner__date_joined")
    found = HomeCentre.objects.annotate(
        alive_on=Greatest(
            TruncDate(joined),
            TruncDate(Coalesce("learner__last_login", joined)),
            TruncDate(Coalesce(learned, joined)),
            F("since"),
        )
    )
    return found.exclude(learner_id__in=_workers(found))


def _workers(found):
    """Those few learners who also work for the network; their roles end first."""
    maybe = Q(learner__is_staff=True) | Q(learner__is_superuser=True)
    for way in ("memberships", "appointments", "ministry_posts", "groups", "user_permissions"):
        maybe |= Q(**{f"learner__{way}__isnull": False})
    people = {home.learner for home in HomeCentre.objects.filter(maybe).select_related("learner")}
    return [person.pk for person in people if works_for_the_network(person)]


def _of_people():
    people = homes()
    long_unused = people.filter(learner__is_active=True, alive_on__lt=_days_ago(settings.SALA_RETENTION_UNUSED))
    asked = people.filter(learner__is_active=True, asked_to_stay_on__lte=timezone.localdate())
    came_back = asked.filter(alive_on__gt=F("asked_to_stay_on"))
    silent = asked.filter(
        asked_to_stay_on__lt=_days_ago(settings.SALA_RETENTION_STAY_ANSWER), alive_on__lte=F("asked_to_stay_on")
    )
    left = people.filter(learner__is_active=False, alive_on__lt=_days_ago(settings.SALA_RETENTION_LEARNING))
    return [
        Rule("unused accounts, to be asked", long_unused.filter(asked_to_stay_on=None), "alive_on", _ask),
        Rule("came back after being asked", came_back, "alive_on", _ask_no_more),
        Rule("asked and silent, erased", silent, "alive_on", _erase),
        Rule("left long ago, erased", left, "alive_on", _erase),
    ]


def _ask(found):
    HomeCentre.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(
        asked_to_stay_on=timezone.localdate()
    )


def _ask_no_more(found):
    HomeCentre.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(asked_to_stay_on=None)


def _erase(found):
    """One transaction a person. Who came back in this moment is left alone."""
    for pk in list(found.values_list("pk", flat=True)):
        home = found.filter(pk=pk).select_related("learner").first()
        if home:
            try:
                erase(home.learner, None, "retention")
            except HasARole:
                continue


def _of_rows():
    wrong_since = timezone.now() - timedelta(seconds=longest_window())
    used_up = Q(expires_at__lt=_ago(settings.SALA_RETENTION_INVITES)) | Q(
        used_at__lt=_ago(settings.SALA_RETENTION_INVITES)
    )
    withdrawn = Consent.objects.filter(withdrawn_at__lt=_ago(settings.SALA_RETENTION_CONSENTS))
    answered = DataRequest.objects.filter(answered_at__lt=_ago(settings.SALA_RETENTION_REQUESTS))
    rejected = RejectedEvent.objects.filter(recorded_at__lt=_ago(settings.SALA_RETENTION_REJECTED))
    visits = SignIn.objects.filter(started_at__lt=_days_begin())
    return [
        Rule("sign-ins, counted and dropped", visits, "started_at", _count),
        Rule("withdrawn consents", withdrawn, "withdrawn_at", _drop),
        Rule("guardians' names", _grown_up(), "given_at", _forget_guardian),
        Rule("answered data requests", answered, "answered_at", _drop),
        Rule("rows of imported lists", _old_imports(), "made_at", _empty),
        Rule("files that became lessons", _old_lesson_imports(), "made_at", forget_imports),
        Rule("phone invitations", PhoneInvite.objects.filter(used_up), "made_at", _drop),
        Rule("wrong tries", WrongTry.objects.filter(at__lt=wrong_since), "at", _drop),
        Rule("groups that nobody ended", GroupSession.objects.forgotten(), "touched_at", _close),
        Rule("groups of nobody", _groups_of_nobody(), "ended_at", _drop),
        Rule("questions about figures", _old_questions(), "found_at", _drop),
        Rule("numbers of certificates", _old_certificates(), "erased_at", _drop_certificates),
        Rule("events that could not be counted", rejected, "recorded_at", drop_rejected),
    ]


def _days_begin():
    """Sign-ins go by whole days, so that whoever came twice on a day is counted once."""
    return timezone.make_aware(datetime.combine(_days_ago(settings.SALA_RETENTION_SIGN_INS), time.min))


def _count(found):
    for day in list(found.order_by().values_list(TruncDate("started_at"), flat=True).distinct()):
        VisitCount.objects.take_in(found.filter(started_at__date=day))


def _close(found):
    found.close_forgotten()


def _groups_of_nobody():
    """Begun and never joined, or all who were there are erased."""
    return GroupSession.objects.filter(ended_at__lt=_ago(1), members__isnull=True)


def _old_questions():
    """Those answered so long ago; and those that nobody answered in the same time, and nobody remembers."""
    return Oddity.objects.annotate(over=Coalesce("answered_at", "found_at")).filter(
        over__lt=_ago(settings.SALA_RETENTION_ODDITIES)
    )


def _old_certificates():
    """Of people who are erased. A number that was revoked goes on saying so: a signed paper may still be shown."""
    return Certificate.objects.valid().filter(erased_at__lt=_ago(settings.SALA_RETENTION_CERTIFICATES))


def _drop_certificates(found):
    keys = list(found.values_list("pk", flat=True))
    Certificate.objects.filter(replaced_by__in=keys).update(replaced_by=None)
    Certificate.objects.filter(pk__in=keys).delete()


def _drop(found):
    found.delete()


def _grown_up():
    """Guardians of learners who are 21 by what is known, which is an age band and no birthday.

    Of age for a year: the band says 20 or older, and it said so a year ago; or 21 years went by since the paper.
    """
    year = _ago(settings.SALA_RETENTION_GUARDIANS)
    just = AuditEntry.objects.filter(
        subject=OuterRef("learner"), action=AuditEntry.Action.CORRECTED, detail__contains="age_band", at__gte=year
    )
    of_age = ~Q(learner__age_band__in=[*MINORS, ""]) & Q(given_at__lt=year) & ~Exists(just)
    named = Consent.objects.exclude(guardian_name="", guardian_relation="")
    return named.filter(of_age | Q(given_at__lt=timezone.now() - SURELY_21))


def _forget_guardian(found):
    keys = list(found.values_list("pk", flat=True))
    Consent.objects.filter(pk__in=keys).update(guardian_name="", guardian_relation="")


def _old_imports():
    day = _ago(settings.SALA_RETENTION_IMPORTS)
    over = Q(finished_at__lt=day) | Q(finished_at=None, made_at__lt=day)
    before = ImportedLearner.objects.filter(batch=OuterRef("pk")).filter(before__isnull=False)
    return LearnerImport.objects.filter(over).filter(~Q(rows=[]) | ~Q(problems=[]) | Exists(before))


def _old_lesson_imports():
    return LessonImport.objects.filter(made_at__lt=_ago(settings.SALA_RETENTION_LESSON_IMPORTS))


def _empty(found):
    batches = list(found.values_list("pk", flat=True))
    ImportedLearner.objects.filter(batch__in=batches).update(before=None)
    LearnerImport.objects.filter(pk__in=batches).update(rows=[], problems=[])
