"""Boxes as a browser seals them, for the server to open."""

import json
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from lms.centres.outbox import key_of

NONCE = b"twelve bytes"


def box_of(learner, place, facts, key=None, text=None):
    """These facts, or this text, sealed by the learner's key at the place (a device's id)."""
    plain = json.dumps(facts) if text is None else text
    box = sealed(key or key_of(learner.pk, place), facts["id"], plain)
    return {"id": facts["id"], "learner": str(learner.pk), "place": str(place), "box": box}


def sealed(key, box_id, plain):
    box = NONCE + ChaCha20Poly1305(key).encrypt(NONCE, plain.encode(), str(box_id).encode())
    return urlsafe_b64encode(box).decode().rstrip("=")
