"""The same certificate as an Open Badges 3.0 credential: a JWT that any program of the field can read and verify."""

import base64

from django.urls import reverse
from django.utils import timezone, translation

from cms.models import CertificateSettings
from courses.certificates import keys
from courses.models import Certificate, SigningKey

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
ALGORITHM = "EdDSA"  # and not yet "Ed25519" (RFC 9864), which the programs that read badges do not know


class NotNow(Exception):
    """It holds no longer, or nobody's name stands on it any more."""


def badge_of(certificate, site):
    """The credential as a compact JWT (OB 3.0, 8.2). Today's key signs it, whichever signed the paper."""
    import jwt  # seldom asked for

    if certificate.is_revoked or not certificate.name:
        raise NotNow
    key = keys.key_in_use()
    badge = credential(certificate, site)
    claims = {"iss": badge["issuer"]["id"], "jti": badge["id"], "nbf": int(certificate.issued_at.timestamp())}
    header = {"kid": _at(site, "certificate_key", key.kid)}
    return jwt.encode(claims | badge, keys.private_of(key), ALGORITHM, header)


def _base64url(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def credential(certificate, site):
    """The same before it is signed: JSON-LD of the type OpenBadgeCredential."""
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{certificate.pk}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.course_title,
        "issuer": issuer(site),
        "validFrom": _moment(certificate.issued_at),
        "awardedDate": _moment(certificate.finished_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identifier("name", certificate.name)],
            "achievement": _achievement(certificate),
        },
        "evidence": [
            {"id": _at(site, "checked", certificate.number), "type": ["Evidence"], "name": certificate.number}
        ],
        "credentialStatus": {"id": _at(site, "revoked_certificates"), "type": "1EdTechRevocationList"},
    }


def _identifier(kind, value):
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _achievement(certificate):
    """What one has to do for it, in the language in which it was learned."""
    outcomes = "\n".join(f"- {outcome}" for outcome in certificate.outcomes)
    return {
        "id": f"urn:uuid:{certificate.course}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "inLanguage": "th",
        "name": certificate.course_title,
        "description": outcomes or certificate.course_title,
        "criteria": {"narrative": outcomes or certificate.course_title},
    }


def issuer(site):
    """Who stands behind every credential of this site; its id is an address that says so."""
    profile = {"id": _at(site, "certificate_issuer"), "type": ["Profile"], "url": f"{site}/"}
    with translation.override("th"):
        name = CertificateSettings.load().issuer or translation.gettext("Sala")
    return profile | {"name": name}


def jwk_of(key, site):
    """The public half, as programs want it (RFC 8037)."""
    kid = _at(site, "certificate_key", key.kid)
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": ALGORITHM,
        "use": "sig",
        "kid": kid,
        "x": _base64url(bytes(key.public)),
    }


def jwks(site):
    """Every key that can still be relied on, the one in use first."""
    return {"keys": [jwk_of(key, site) for key in SigningKey.objects.trusted().order_by("-made_at", "kid")]}


def revoked(site):
    """A revocation list of 1EdTech: ids of credentials, and nobody's name."""
    gone = Certificate.objects.exclude(revoked_at=None, erased_at=None).order_by("issued_at", "pk")
    ids = gone.values_list("pk", "reason")
    told = [{"id": f"urn:uuid:{pk}", "revoked": True, "revocationReason": reason or "erased"} for pk, reason in ids]
    return {"id": _at(site, "revoked_certificates"), "issuer": issuer(site)["id"], "revokedCredential": told}


def _at(site, name, *args):
    """A program's address: the same whatever language its reader speaks."""
    with translation.override("th"):
        return site + reverse(name, args=args)


def _moment(value):
    return timezone.localtime(value).isoformat(timespec="seconds")
