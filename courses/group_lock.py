"""What seals the code of somebody new on a learner's own phone: anybody can close it, and only this server opens it.

The phone keeps the public half with its lessons, and no secret of the server. A box is the phone's public key of the
moment (65 bytes, P-256) and what is sealed by the secret that both halves make (ECIES). It opens only for the name, the
arrival and the session for which it was closed: whoever leads cannot tell it once more, of another group.
"""

import hmac
from base64 import urlsafe_b64decode
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from lms.centres.outbox import as_text, unsealed

PURPOSE = b"sala.group.lock.1"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
POINT = 65


def public_lock():
    """The public half, in base64 for URLs."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = _private(settings.SALA_CODE_KEY).public_key()
    return as_text(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def unlocked(move):
    """The bytes in the box of somebody's coming, or None where it was not sealed for this server and this coming."""
    from cryptography.hazmat.primitives.asymmetric import ec

    box = move.code
    try:
        sealed = urlsafe_b64decode(box + "=" * (-len(box) % 4))
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sealed[:POINT])
    except ValueError:
        return None
    shared = _private(settings.SALA_CODE_KEY).exchange(ec.ECDH(), theirs)
    key = sha256(shared + sealed[:POINT]).digest()
    whose = "\n".join([str(move.id), str(move.session), move.called, move.family])
    return unsealed(key, whose, as_text(sealed[POINT:]))


@lru_cache(maxsize=2)
def _private(secret):
    from cryptography.hazmat.primitives.asymmetric import ec  # large, and seldom asked for

    wide = int.from_bytes(hmac.digest(secret.encode(), PURPOSE, "sha512"))
    return ec.derive_private_key(wide % (ORDER - 1) + 1, ec.SECP256R1())
