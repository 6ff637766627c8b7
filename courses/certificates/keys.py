"""The keys that certificates are signed with: made when the first is wanted, kept sealed, changed by hand.

The packages are read when they are used: most processes sign nothing.
"""

import hashlib
import os

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import SigningKey

NONCE = 12


class Locked(Exception):
    """The key in use cannot be unsealed: SALA_CODE_KEY is another one than when it was made."""

    for_the_log = True


def key_in_use():
    """The key that signs today; the first is made here."""
    return SigningKey.objects.in_use().first() or _first_key()


def _first_key():
    try:
        with transaction.atomic():
            return _make()
    except IntegrityError:  # somebody else was quicker
        return SigningKey.objects.in_use().get()


@transaction.atomic
def rotate(leaked=False):
    """Retire the key in use and make another. What a leaked key has signed proves nothing without our list."""
    old = SigningKey.objects.select_for_update().in_use().first()
    if old:
        now = timezone.now()
        old.retired_at, old.leaked_at, old.sealed = now, now if leaked else None, b""
        old.save()
    return _make()


def _make():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    kid = hashlib.sha256(public).hexdigest()[:8]
    return SigningKey.objects.create(
        kid=kid, public=public, sealed=_seal(private.private_bytes_raw(), kid), made_at=timezone.now()
    )


def sign(key, message):
    return private_of(key).sign(message)


def private_of(key):
    """The private half, for signing. Raises Locked."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    sealed = bytes(key.sealed)
    try:
        raw = _box().decrypt(sealed[:NONCE], sealed[NONCE:], key.kid.encode())
    except (InvalidTag, ValueError) as error:
        raise Locked(f"run manage.py rotate_certificate_key: {key.kid} is sealed with another SALA_CODE_KEY") from error
    return Ed25519PrivateKey.from_private_bytes(raw)


def is_signed(key, message, signature):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes(key.public)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _seal(raw, kid):
    nonce = os.urandom(NONCE)
    return nonce + _box().encrypt(nonce, raw, kid.encode())


def _box():
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(SHA256(), 32, salt=None, info=b"sala certificate keys").derive(settings.SALA_CODE_KEY.encode())
    return ChaCha20Poly1305(key)
