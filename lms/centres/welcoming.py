"""A new learner comes to a centre: registered by the caretaker, or by themselves at one of its machines."""

from django.conf import settings
from django.db import IntegrityError, transaction

from lms.accounts import tries
from lms.accounts.models import User
from lms.centres.audit import Action, note
from lms.centres.models import Device, Learner
from lms.centres.signing_in import Answer, set_code, sign_in


def register(centre, asked, by=None):
    """The new learner, or the same one again where the form came twice; None where the id is another's.

    `asked` holds id, name, family_name, age_band, language and subdistrict; `by` is who typed it, if not they.
    """
    fields = {name: asked[name] for name in ("id", "name", "family_name", "age_band", "language")}
    try:
        with transaction.atomic():
            person = User.objects.create_user(**fields)
            centre.welcome(person, asked["subdistrict"])
            note(by or person, Action.REGISTERED, person, centre)
    except IntegrityError:
        pass
    return people_called(asked["name"], centre).filter(pk=asked["id"]).first()


@transaction.atomic
def let_in_new(request, device, asked, kind, code):
    """A newcomer registers and is in. The device stays locked meanwhile, so that its newcomers count one by one."""
    if not Device.objects.bound().select_for_update().filter(pk=device.pk).exists():
        return Answer.GONE
    if wait_for_newcomers(device):
        return Answer.WAIT
    learner = register(device.centre, asked)
    if learner is None:
        return Answer.GONE
    tries.note(_newcomers(device))
    set_code(learner, kind, code)
    return sign_in(request, device, learner, code)


def wait_for_newcomers(device):
    """Seconds until somebody new may register here by themselves; 0 for at once."""
    return tries.seconds_to_wait(_newcomers(device), settings.SALA_DEVICE_NEWCOMERS, settings.SALA_DEVICE_WINDOW)


def people_called(name, centre):
    return Learner.objects.at(centre).active().filter(name=name).in_name_order()


def forget_newcomer(request):
    """Half a registration is no business of the next person."""
    request.session.pop("newcomer", None)


def _newcomers(device):
    return f"newcomers:{device.pk}"
