"""The secret of a second factor: made, sealed at rest, shown to an app, and the codes that follow from it (RFC 6238).

The rule is `cryptography`'s, which is read when it is used: most processes ask nobody for a code.
"""

import base64
import hashlib
import hmac
import os
import secrets as random
import time

from django.conf import settings

STEP = 30  # seconds that a code is shown
DRIFT = 1  # steps that a phone's clock may be before or behind
NONCE = 12
BYTES = 20  # of a secret: what RFC 4226 recommends, and every app takes
RECOVERY_CODES, RECOVERY_DIGITS = 10, 12
ISSUER = "Sala"


class Locked(Exception):
    """It cannot be unsealed: SALA_CODE_KEY is another one than when it was made."""


def new_secret():
    return os.urandom(BYTES)


def seal(secret, user):
    """Bound to its person: another's row is of no use."""
    nonce = os.urandom(NONCE)
    return nonce + _box().encrypt(nonce, secret, str(user.pk).encode())


def unseal(sealed, user_id):
    """The secret again. Raises Locked."""
    from cryptography.exceptions import InvalidTag

    sealed = bytes(sealed)
    try:
        return _box().decrypt(sealed[:NONCE], sealed[NONCE:], str(user_id).encode())
    except (InvalidTag, ValueError) as error:
        raise Locked from error


def step_of(secret, code, after=0, now=None):
    """The step whose code this is, among those near now and later than `after`; None if it is of none."""
    present = this_step(now)
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(code_of(secret, step), code) and step > after:
            found = step
    return found


def code_of(secret, step):
    """The six digits of a step."""
    return _totp(secret).generate(step * STEP).decode()


def this_step(now=None):
    return int(time.time() if now is None else now) // STEP


def address_of(secret, user):
    """What the QR holds: apps know it as otpauth."""
    return _totp(secret).get_provisioning_uri(user.username or user.name, ISSUER)


def in_letters(secret):
    """The secret for typing: four letters and digits at a time."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def recovery_codes():
    """Ten codes of twelve digits; 40 bits, and few guesses a day."""
    codes = [f"{random.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}" for _ in range(RECOVERY_CODES)]
    return codes if len(set(codes)) == RECOVERY_CODES else recovery_codes()


def mac_of(code, user_id):
    """What is kept of a recovery code."""
    return hmac.new(settings.SALA_CODE_KEY.encode(), f"recovery:{user_id}:{code}".encode(), hashlib.sha256).hexdigest()


def _totp(secret):
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    return TOTP(secret, 6, SHA1(), STEP)  # SHA1 is what the apps on phones speak; in an HMAC it is sound


def _box():
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(SHA256(), 32, salt=None, info=b"sala second factors").derive(settings.SALA_CODE_KEY.encode())
    return ChaCha20Poly1305(key)
