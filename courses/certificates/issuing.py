"""A certificate's life: given once for a course that is finished, made anew when the name is put right, let go of."""

import hashlib
import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.models import CertificateSettings
from courses.certificates import keys, sheet, statement
from courses.models import Certificate, CertificateCounter, CertificateSheet, CoursePage
from courses.progress import certifying
from lms.accounts.models import User
from lms.centres.models import Centre

log = logging.getLogger(__name__)


class NoCourse(Exception):
    """The course is no longer there, so that nobody can say what it was about."""


def certificate_of(enrolment):
    """The valid certificate for a course that is finished; given now if there is none, or none of today's name.

    None of somebody who was erased at this moment. Raises NoCourse, and Locked.
    """
    kept = _valid(enrolment)
    person = User.objects.filter(pk=enrolment.learner_id).first()
    if person is None:
        return None
    if kept and kept.name == person.get_full_name():
        return kept
    if kept:
        return _renewed(kept, person) or _valid(enrolment)
    try:
        with certifying(person):
            return _issue(person, **_facts_of(enrolment))
    except IntegrityError:  # two pages were opened at once
        return _valid(enrolment)


def _valid(enrolment):
    return Certificate.objects.of(enrolment.learner).valid().filter(course=enrolment.course).first()


@transaction.atomic
def rename(person):
    """Somebody's name was put right: a new certificate for each, and the old ones hold no longer.

    Where nothing can be signed today the name is put right all the same, and the certificate when it is opened.
    """
    for kept in list(Certificate.objects.of(person).valid()):
        if kept.name != person.get_full_name():
            try:
                _renewed(kept, person)
            except keys.Locked as problem:
                log.error("no new certificate after a name was put right", exc_info=problem)


@transaction.atomic
def forget(person):
    """They are erased: number, course, centre, days and hash stay, and nothing that says who it was."""
    theirs = list(Certificate.objects.select_for_update().of(person))
    for kept in theirs:
        kept.learner, kept.erased_at = None, timezone.now()
        _let_go(kept, ["learner", "erased_at"])


@transaction.atomic
def revoke(certificate, reason):
    """It holds no longer. False if that was so before."""
    now = timezone.now()
    if not Certificate.objects.valid().filter(pk=certificate.pk).update(revoked_at=now, reason=reason):
        return False
    certificate.revoked_at, certificate.reason = now, reason
    _let_go(certificate)
    return True


def _let_go(certificate, changed=()):
    """What names the person. The number and the hash stay, by which a paper can still be told."""
    certificate.name = certificate.statement = ""
    CertificateSheet.objects.filter(certificate_id=certificate.pk).delete()
    certificate.save(update_fields=["name", "statement", *changed])


@transaction.atomic
def _renewed(old, person):
    """The same certificate with today's name; None if somebody else has just made it."""
    if not revoke(old, Certificate.Reason.RENAMED):
        return None
    facts = ("course", "course_title", "course_title_en", "outcomes", "minutes", "centre", "centre_name", "finished_at")
    new = _issue(person, **{name: getattr(old, name) for name in facts})
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    return new


def _facts_of(enrolment):
    """What is printed about the course and the place, as it is today."""
    page = CoursePage.objects.filter(key=enrolment.course).first()
    if page is None:
        raise NoCourse
    centre = Centre.objects.get(pk=enrolment.completion_centre_id or enrolment.centre_id)
    return {
        "course": page.key,
        "course_title": page.title,
        "course_title_en": page.title_en,
        "outcomes": [str(block.value) for block in page.outcomes],
        "minutes": page.minutes,
        "centre": centre,
        "centre_name": centre.name_th,
        "finished_at": enrolment.completed_at,
    }


def _issue(person, centre, **facts):
    key, printed = keys.key_in_use(), CertificateSettings.load()
    certificate = Certificate(
        learner=person,
        name=person.get_full_name(),
        centre=centre,
        issuer=printed.issuer or centre.name_th,
        signatories=printed.signatories,
        issued_at=timezone.now(),
        key=key,
        **facts,
    )
    certificate.number = _next_number(centre.province_code, timezone.localdate().year + 543)
    certificate.statement = statement.sealed(statement_of(certificate), lambda told: keys.sign(key, told))
    certificate.save(force_insert=True)
    return certificate


def statement_of(certificate):
    return statement.Statement(
        kid=certificate.key_id,
        finished_on=timezone.localdate(certificate.finished_at),
        number=certificate.number,
        name=certificate.name,
        course=certificate.course_title,
        centre=certificate.centre_name,
    )


def _next_number(province, year):
    """32-2569-00412. Whoever comes meanwhile waits until this one is stored."""
    CertificateCounter.objects.get_or_create(province=province, year=year)
    counter = CertificateCounter.objects.select_for_update().get(province=province, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)


def pdf_of(certificate, site):
    """The PDF, made the first time it is wanted, with no lock held meanwhile. `site` is the QR's address."""
    kept = CertificateSheet.objects.filter(certificate=certificate.pk).first()
    if kept is None:
        kept = _keep(certificate, sheet.printed(certificate, site))
    return bytes(kept.pdf)


@transaction.atomic
def _keep(certificate, pdf):
    """The first one made is the one that stays; none of somebody who was erased meanwhile."""
    held = Certificate.objects.valid().filter(erased_at=None).select_for_update().get(pk=certificate.pk)
    kept, is_first = CertificateSheet.objects.get_or_create(certificate=held, defaults={"pdf": pdf})
    if is_first:
        held.sha256 = hashlib.sha256(pdf).hexdigest()
        held.save(update_fields=["sha256"])
    return kept
