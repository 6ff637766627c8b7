"""The outbox in a learner's browser: what seals it, so that the next person at the machine can read none of it."""

import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from django.conf import settings

from lms.centres.signing_in import DEVICE_COOKIE

PURPOSE = b"sala.outbox.1"  # what else SALA_CODE_KEY is used for has another
NO_DEVICE = UUID(int=0)  # who signed in with a password


def key_of(learner, device=NO_DEVICE):
    """The 32 bytes that seal what this learner did at this device: kept nowhere, and the same each time."""
    return hmac.digest(settings.SALA_CODE_KEY.encode(), PURPOSE + learner.bytes + device.bytes, "sha256")


def outbox(request):
    """What every page tells its scripts (a context processor): whose outbox this is, and how it is sealed.

    Asks the database nothing: the session and the person are there anyway.
    """
    user, at_centre = getattr(request, "user", None), DEVICE_COOKIE in request.COOKIES
    if not (user and user.is_authenticated and getattr(user, "home", None)):
        return {"outbox": {"is_device": at_centre, "at_centre": at_centre}}
    return sealed_for(request)


def sealed_for(request):
    """The same of whoever is signed in: also a caretaker who leads a group has an outbox, on its screen."""
    session, user, at_centre = request.session, request.user, DEVICE_COOKIE in request.COOKIES
    device = UUID(session["device"]) if "device" in session else NO_DEVICE
    return {
        "outbox": {
            "is_device": True,
            "at_centre": at_centre,
            "learner": user.pk,
            "place": device,
            "key": urlsafe_b64encode(key_of(user.pk, device)).decode().rstrip("="),
            "own_phone": "device" in session and "seen" not in session,
        }
    }
