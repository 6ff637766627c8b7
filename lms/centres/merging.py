"""A centre becomes part of another one: who and what was there goes on, and its figures stay where they were made."""

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.models import ApiToken
from lms.centres.audit import Action, note
from lms.centres.models import Centre, DataRequest, Device, HomeCentre

LONGEST_NAME = Device._meta.get_field("name").max_length

merged = Signal()  # with `old` and `new`, in the same transaction; for what stands on centres


class CannotMerge(ValueError):
    """The two cannot become one; the text says why."""


@transaction.atomic
def merge(old, new, by=None):
    """Close `old` and let its people, their phones and its machines go on at `new`.

    Roles at `old` end: who works at `new` is for people to say. Core members keep it in their charge.
    """
    locked = Centre.objects.select_for_update().filter(pk__in=[old.pk, new.pk]).order_by("pk")
    both = {centre.pk: centre for centre in locked}
    old, new = both[old.pk], both[new.pk]
    _refuse(old, new)
    old.status, old.status_reason = Centre.Status.CLOSED, _("Merged into %s") % new.code
    old.merged_into, old.merged_at = new, timezone.now()
    old.save()
    HomeCentre.objects.filter(centre=old).update(centre=new, since=timezone.localdate())
    _move_machines(old, new)
    DataRequest.objects.filter(centre=old, answered_at=None).update(centre=new)
    for held in [*old.memberships.all(), *old.programmes.all()]:
        held.end()
    ApiToken.objects.of_centre(old.code).revoke()
    merged.send(Centre, old=old, new=new)
    for centre in (old, new):
        note(by, Action.MERGED, centre=centre, detail=f"{old.code} > {new.code}")


def _refuse(old, new):
    if old == new:
        raise CannotMerge(_("These are one centre."))
    for centre in (old, new):
        if centre.merged_into_id:
            raise CannotMerge(_("%s was merged into another centre already.") % centre.code)
    if new.status == Centre.Status.CLOSED:
        raise CannotMerge(_("%s is closed.") % new.code)


def _move_machines(old, new):
    """Whoever sits there goes on. A machine says where it came from: both centres have a first one."""
    old.devices.exclude(owner=None).update(centre=new)
    machines = list(old.devices.all())
    for machine in machines:
        machine.centre = new
        machine.name = f"{machine.name[: LONGEST_NAME - len(old.code) - 3]} ({old.code})"
    Device.objects.bulk_update(machines, ["centre", "name"], batch_size=500)
