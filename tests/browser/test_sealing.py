"""What seals the outbox: the RFC's own examples, and the same as Python's cryptography; and ids made in the browser."""

import uuid
from base64 import urlsafe_b64decode

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.browser.lines import LESSON

# RFC 8439, 2.8.2 and A.5
SUNSCREEN = (
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    b"sunscreen would be it."
)
EXAMPLES = [
    {
        "key": bytes(range(0x80, 0xA0)),
        "nonce": bytes.fromhex("070000004041424344454647"),
        "aad": bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
        "plain": SUNSCREEN,
        "sealed": bytes.fromhex(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
            "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"
        ),
    },
    {
        "key": bytes.fromhex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0"),
        "nonce": bytes.fromhex("000000000102030405060708"),
        "aad": bytes.fromhex("f33388860000000000004e91"),
        "plain": (
            "Internet-Drafts are draft documents valid for a maximum of six months and may be updated, replaced, or "
            "obsoleted by other documents at any time. It is inappropriate to use Internet-Drafts as reference "
            "material or to cite them other than as /“work in progress./”"
        ).encode(),
        "sealed": bytes.fromhex(
            "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d26b0"
            "bdb7b73c321b0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c855"
            "9797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4b9166c767b804d46a59b5216cde7a4e9"
            "9040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a"
            "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff77987130"
            "305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709beead9d67890cbb22392336fea1851f38"
        ),
    },
]
NONCE = b"123456789012"
LENGTHS = [*range(0, 67), 127, 128, 129, 1000, 9001]

MODULES = """async () => {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const address = (name) => loaded.find((url) => url.includes(name));
  globalThis.sealing = await import(address("/outbox/seal."));
  globalThis.ids = await import(address("/outbox/index."));
  globalThis.bytes = (list) => Uint8Array.from(list);
}"""
ENCRYPT = "([key, nonce, aad, plain]) => [...sealing.encrypt(...[key, nonce, aad, plain].map(bytes))]"
DECRYPT = "([key, nonce, aad, box]) => [...sealing.decrypt(...[key, nonce, aad, box].map(bytes))]"
SEAL = "([key, id, text]) => [...sealing.seal(bytes(key), id, text)]"
OPEN = "([key, id, box]) => sealing.open(bytes(key), id, bytes(box))"


@pytest.fixture
def page(open_page, people, sign_in_learner):
    page = open_page()
    sign_in_learner(page, people)
    page.goto(LESSON, wait_until="networkidle")
    page.evaluate(MODULES)
    return page


def test_a_box_is_sealed_as_the_standard_says_and_opens_nowhere_else(page):
    for example in EXAMPLES:
        key, nonce, aad, plain, sealed = (list(example[name]) for name in ("key", "nonce", "aad", "plain", "sealed"))
        assert page.evaluate(ENCRYPT, [key, nonce, aad, plain]) == sealed
        assert page.evaluate(DECRYPT, [key, nonce, aad, sealed]) == plain
    key, other = list(ChaCha20Poly1305.generate_key()), list(ChaCha20Poly1305.generate_key())
    for length in LENGTHS:
        text, id = ("กล้วย 🍌 " * length)[:length], str(uuid.uuid4())
        box = page.evaluate(SEAL, [key, id, text])
        assert ChaCha20Poly1305(bytes(key)).decrypt(bytes(box[:12]), bytes(box[12:]), id.encode()).decode() == text
        theirs = NONCE + ChaCha20Poly1305(bytes(key)).encrypt(NONCE, text.encode(), id.encode())
        assert page.evaluate(OPEN, [key, id, list(theirs)]) == text
    for place in (0, 12, -1):
        spoiled = box[:]
        spoiled[place] ^= 1
        assert page.evaluate(OPEN, [key, id, spoiled]) is None
    assert page.evaluate(OPEN, [other, id, box]) is None
    assert page.evaluate(OPEN, [key, str(uuid.uuid4()), box]) is None
    assert page.evaluate(OPEN, [key, id, box[:20]]) is None
    assert len({tuple(page.evaluate(SEAL, [key, id, "x"])[:12]) for _time in range(20)}) == 20

    # Ids: of version 7, sorted by their time, and no two alike.
    made = page.evaluate("() => Array.from({ length: 2000 }, () => ids.uuid7())")
    assert {uuid.UUID(text).version for text in made} == {7} and len(set(made)) == 2000
    assert uuid.UUID(page.evaluate("() => ids.uuid7(1795877647505)")).int >> 80 == 1795877647505

    # The key that the page was given is the one by which the server opens.
    assert len(urlsafe_b64decode(page.get_attribute("body", "data-outbox-key") + "=")) == 32
