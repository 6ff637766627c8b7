"""The same certificate as an Open Badges 3.0 credential, read with joserfc, which did not make it."""

import base64
import json

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError
from joserfc.jwk import KeySet

from courses.certificates import badge, forget, rename, rotate
from courses.models import SigningKey

# RFC 9864 has a newer name for it, which the programs that read badges do not know yet.
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

SITE = "https://sala.example.go.th"


@pytest.fixture
def site(settings):
    settings.SALA_ADDRESS = SITE


@pytest.fixture
def read(site):
    """read(token): its claims, verified with the keys that the site publishes."""

    def make(token):
        published = KeySet.import_key_set(Client().get("/certificates/keys/").json())
        told = jwt.decode(token, published, algorithms=["EdDSA"]).claims
        jwt.JWTClaimsRegistry(iss={"essential": True, "value": f"{SITE}/certificates/issuer/"}).validate(told)
        return told

    return make


def part(token, place):
    """The header (0) or the claims (1), unverified."""
    text = token.split(".")[place]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_another_program_verifies_and_reads_it(given, somsri, read, signatories):
    own = Client()
    own.force_login(somsri)
    answer = own.get(f"/certificates/{given.number}/badge/")
    assert answer["Content-Type"] == "application/vc+jwt"
    told = read(answer.content.decode())
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert told["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert told["id"] == told["jti"] == f"urn:uuid:{given.pk}"
    assert told["issuer"]["name"] == "กระทรวงตัวอย่าง"
    subject = told["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == "ป้าสมศรี"
    achievement = subject["achievement"]
    assert achievement["name"] == given.course_title
    assert "ตั้งราคาขายที่ไม่ขาดทุน" in achievement["criteria"]["narrative"]


def test_a_changed_one_is_refused(given, read):
    head, body, signature = badge.badge_of(given, SITE).split(".")
    told = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).replace(b"sala", b"bala")
    twin = base64.urlsafe_b64encode(told).decode().rstrip("=")
    with pytest.raises(BadSignatureError):
        read(f"{head}.{twin}.{signature}")


def test_its_addresses_answer(given, site):
    head = part(badge.badge_of(given, SITE), 0)
    told = badge.credential(given, SITE)
    browser = Client()
    key = browser.get(head["kid"].removeprefix(SITE))
    assert key.json()["kid"] == head["kid"]
    assert "d" not in key.json()
    issuer = browser.get(told["issuer"]["id"].removeprefix(SITE))
    assert issuer.json()["id"] == told["issuer"]["id"]
    assert issuer["Access-Control-Allow-Origin"] == "*"
    assert browser.get(told["evidence"][0]["id"].removeprefix(SITE)).status_code == 200
    assert browser.get(told["credentialStatus"]["id"].removeprefix(SITE)).json()["revokedCredential"] == []


def test_old_ones_are_good_after_the_key_was_changed(given, read):
    old = badge.badge_of(given, SITE)
    rotate()
    assert read(old)["jti"] == read(badge.badge_of(given, SITE))["jti"]
    assert len(Client().get("/certificates/keys/").json()["keys"]) == 2


def test_a_leaked_key_is_published_no_more(given, read):
    old = badge.badge_of(given, SITE)
    kid = SigningKey.objects.get().kid
    rotate(leaked=True)
    with pytest.raises(InvalidKeyIdError):
        read(old)
    assert Client().get(f"/certificates/keys/{kid}/").status_code == 404


def test_what_holds_no_longer_is_in_the_list_without_a_name(given, somsri, site):
    somsri.name = "นางสมศรี"
    somsri.save()
    rename(somsri)
    forget(somsri)
    answer = Client().get("/certificates/revoked/")
    told = {each["id"]: each["revocationReason"] for each in answer.json()["revokedCredential"]}
    assert told[f"urn:uuid:{given.pk}"] == "renamed"
    assert sorted(told.values()) == ["erased", "renamed"]
    assert "สมศรี" not in answer.content.decode()


def test_what_holds_no_longer_gives_no_badge(given, somsri):
    forget(somsri)
    given.refresh_from_db()
    with pytest.raises(badge.NotNow):
        badge.badge_of(given, SITE)
