"""Writing the audit log: `note(request.user, Action.CODE_SET, learner)`."""

import hashlib

from django.core.cache import cache
from django.utils import timezone

from lms.accounts.sheets import TYPES
from lms.centres.models import AuditEntry, Centre, HomeCentre
from lms.centres.models.audit import LOOKS_COUNT_ONCE

Action = AuditEntry.Action


def note(actor, action, subject=None, centre=None, detail=""):
    """Write down one act. `subject` is a person or an id, `centre` a centre or a pk; it is the subject's if not told.

    Nothing is written where somebody only looks at their own data. `actor` is None for the program itself.
    """
    subject = getattr(subject, "pk", subject)
    actor_id = actor and actor.pk
    if actor_id and actor_id == subject and action in (Action.LOOKED, Action.EXPORTED):
        return None
    if centre is None and subject:
        centre = HomeCentre.objects.filter(learner_id=subject).values_list("centre_id", flat=True).first()
    return AuditEntry.objects.create(
        actor=actor_id,
        action=action,
        subject=subject,
        centre_id=getattr(centre, "pk", centre),
        token=getattr(actor, "token_name", "")[:80],
        detail=detail[:200],
    )


def note_look(actor, action, subject=None, centre=None, detail=""):
    """As `note`, but the same look again within an hour is the same look: pages refresh themselves."""
    same = _lately(actor, action, detail).filter(subject=getattr(subject, "pk", subject))
    if centre is not None:
        same = same.filter(centre_id=getattr(centre, "pk", centre))
    return None if same.exists() else note(actor, action, subject, centre, detail)


def _lately(actor, action, detail):
    """The looks that count as the same still."""
    return AuditEntry.objects.filter(
        actor=actor.pk,
        action=action,
        detail=detail[:200],
        token=getattr(actor, "token_name", "")[:80],
        at__gt=timezone.now() - LOOKS_COUNT_ONCE,
    )


def note_listed(user, centre, page):
    """Write down that somebody looked at a list of names. The cache is asked first, as pages refresh themselves."""
    if _is_first(user, centre.pk, page):
        note_look(user, Action.LISTED, centre=centre, detail=page)


def note_list_read(user, name, kind, code=None):
    """A list of people was read through the API: every file that was taken out, and every hour that somebody looks.

    Not noted are learners, who see nobody but themselves.
    """
    if kind in TYPES:
        note(user, Action.EXPORTED, centre=_centre_of(user, code), detail=f"{name}.{kind}")
    elif _is_first(user, code, name) and (user.is_superuser or Centre.objects.cared_for_by(user).exists()):
        note_look(user, Action.LISTED, centre=_centre_of(user, code), detail=name)


def note_read_of(user, learners, name):
    """What these learners did was read through the API: each one's home centre finds it in its own log.

    At the same few queries for one centre and for many.
    """
    others = set(learners) - {user.pk}
    if not others:
        return
    homes = HomeCentre.objects.filter(learner__in=others).order_by().values_list("centre_id", flat=True).distinct()
    centres = list(homes) or [None]
    new = [centre for centre in centres if _is_first(user, centre, name)]
    if not new:
        return
    known = set(_lately(user, Action.LISTED, name).filter(subject=None).values_list("centre_id", flat=True))
    kept = {"actor": user.pk, "action": Action.LISTED, "token": getattr(user, "token_name", "")[:80], "detail": name}
    AuditEntry.objects.bulk_create(AuditEntry(centre_id=pk, **kept) for pk in new if pk not in known)


def _is_first(user, place, name):
    """Whether this look is the first of an hour, as far as this process has seen."""
    who = f"{user.pk}:{getattr(user, 'token_name', '')}"
    key = hashlib.sha256(f"{who}:{place}:{name}".encode()).hexdigest()  # names of tokens are free text
    return cache.add(f"listed:{key}", True, LOOKS_COUNT_ONCE.total_seconds())


def _centre_of(user, code):
    """The centre that was asked for, or the only one that this person looks after; None for several."""
    return Centre.objects.order_by().cared_for_by(user).the_one(code)
