"""Erasing a person: numbers stay, and in the audit log that somebody was erased; nothing else."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision

from courses import certificates
from courses.models import Oddity
from courses.progress import erase_learning
from lms.accounts.models import User, WrongTry
from lms.centres.audit import Action, note
from lms.centres.models import (
    Appointment,
    DataRequest,
    Device,
    HomeCentre,
    ImportedLearner,
    LearnerImport,
    Membership,
    MinistryPost,
    SignIn,
    VisitCount,
)

NOBODY_IN_A_ROW = {"name": "", "family_name": "", "age_band": "", "subdistrict": "", "same_as": None, "choice": "skip"}


class HasARole(Exception):
    """Somebody who works for the network: their role is ended first, by whoever gave it."""


def works_for_the_network(person):
    """Whether they hold a role that opens others' data, now or later. A helper's role ends with them."""
    later = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate())
    return (
        person.is_staff
        or person.is_superuser
        or person.groups.exists()
        or person.user_permissions.exists()
        or Membership.objects.filter(later, user_id=person.pk, role=Membership.Role.CARETAKER).exists()
        or Appointment.objects.filter(later, user_id=person.pk).exists()
        or MinistryPost.objects.filter(later, user_id=person.pk).exists()
    )


@transaction.atomic
def erase(learner, by, detail=""):
    """Erase a learner. `by` is None for the retention job. Doing it twice does it once; raises HasARole."""
    # Whoever is writing about them at this moment is waited for; whoever comes later finds nobody.
    person = User.objects.select_for_update().filter(pk=learner.pk).first()
    if person is None:
        return
    if works_for_the_network(person):
        raise HasARole
    centre = HomeCentre.objects.filter(learner_id=person.pk).values_list("centre_id", flat=True).first()
    erase_learning(person)
    certificates.forget(person)
    Oddity.objects.forget(person)
    _end_sessions(person)
    _close_requests(person, by)
    _forget_in_imports(person)
    _forget_wrong_tries(person)
    _forget_in_the_studio(person)
    note(by, Action.ERASED, person.pk, centre, detail)
    person.delete()  # with codes, sign-ins, phones, invitations, consents, roles and tokens


def _end_sessions(person):
    """Theirs, and what a session of somebody else says about them: taps of a code that was never finished."""
    SignIn.objects.filter(learner_id=person.pk).sign_out()
    VisitCount.objects.take_in(SignIn.objects.filter(learner_id=person.pk))
    for phone in Device.objects.filter(owner_id=person.pk):
        phone.sign_everybody_out()
    own_id = str(person.pk)
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(500):
        if own_id in str(session.get_decoded()):
            session.delete()


def _close_requests(person, by):
    """That they asked, and that it was done, stays as proof of the register; who it was does not."""
    theirs = DataRequest.objects.filter(learner_id=person.pk)
    theirs.open().update(answered_at=timezone.now(), answered_by=by, outcome=DataRequest.Outcome.DONE)
    theirs.update(learner=None, words="", reason="")


def _forget_in_imports(person):
    own_id = str(person.pk)
    came_with = set(ImportedLearner.objects.filter(learner_id=person.pk).values_list("batch_id", flat=True))
    for batch in LearnerImport.objects.exclude(rows=[]).select_for_update():
        mine = [row for row in batch.rows if _is_of(row, person, own_id, batch.pk in came_with)]
        if mine:
            numbers = {row.get("row") for row in mine}
            batch.rows = [row | NOBODY_IN_A_ROW if row in mine else row for row in batch.rows]
            batch.problems = [problem for problem in batch.problems if problem.get("row") not in numbers]
            batch.save(update_fields=["rows", "problems"])


def _is_of(row, person, own_id, came_with_it):
    same_name = (row.get("name"), row.get("family_name", "")) == (person.name, person.family_name)
    return row.get("same_as") == own_id or (came_with_it and same_name)


def _forget_wrong_tries(person):
    about = Q(subject=f"code:{person.pk}")
    if person.username:
        name = f"password:{person.username.casefold()[:120]}"
        about |= Q(subject=name) | Q(subject__startswith=f"{name}:")
    WrongTry.objects.filter(about).delete()


def _forget_in_the_studio(person):
    """Wagtail keeps who changed what, with names, and refers to people by ids that it does not clear itself."""
    roles = {model: model.objects.filter(user_id=person.pk) for model in (Membership, Appointment, MinistryPost)}
    about = {model: list(rows.values_list("pk", flat=True)) for model, rows in roles.items()}
    for model, keys in about.items():
        kind = ContentType.objects.get_for_model(model)
        ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()
    spellings = [str(person.pk), person.pk.hex]  # the id is like no other: as a user, a learner, or a home centre
    ModelLogEntry.objects.filter(object_id__in=spellings).delete()
    ReferenceIndex.objects.filter(Q(object_id__in=spellings) | Q(to_object_id__in=spellings)).delete()
    _forget_as_author(person)


def _forget_as_author(person):
    """Pages that they wrote stay, by nobody. Revisions are searched only for who ever wrote one."""
    wrote = PageLogEntry.objects.filter(user_id=person.pk).update(user=None)
    ModelLogEntry.objects.filter(user_id=person.pk).update(user=None)
    if not wrote:
        return
    told = Revision.objects.annotate(text=Cast("content", TextField())).filter(text__contains=str(person.pk))
    for revision in told:
        revision.content |= {name: None for name, value in revision.content.items() if value == str(person.pk)}
        revision.save(update_fields=["content"])
