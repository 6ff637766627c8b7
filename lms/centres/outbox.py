"""The outbox in a learner's browser: what seals it, so that the next person at the machine can read none of it."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.conf import settings

from lms.centres.signing_in import DEVICE_COOKIE

PURPOSE = b"sala.outbox.1"  # what else SALA_CODE_KEY is used for has another
NO_DEVICE = UUID(int=0)  # who signed in with a password
NONCE = 12


def key_of(learner, device=NO_DEVICE):
    """The 32 bytes that seal what this learner did at this device: kept nowhere, and the same each time."""
    return hmac.digest(settings.SALA_CODE_KEY.encode(), PURPOSE + learner.bytes + device.bytes, "sha256")


def as_text(key):
    return urlsafe_b64encode(key).decode().rstrip("=")


def unsealed(key, box_id, box):
    """The bytes in a box (nonce and ciphertext, in base64 for URLs); None where another key or id sealed it."""
    from cryptography.exceptions import InvalidTag  # large, and seldom asked for
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        sealed = urlsafe_b64decode(box + "=" * (-len(box) % 4))
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE], sealed[NONCE:], str(box_id).encode())
    except (ValueError, InvalidTag):
        return None


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
            "key": as_text(key_of(user.pk, device)),
            "own_phone": "device" in session and "seen" not in session,
        }
    }
