"""Documents go out to be kept, and never become a page of this site; sounds and films are played in a page of ours."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

NOTHING_RUNS = "default-src 'none'; sandbox"


@pytest.fixture
def document(db, settings, tmp_path):
    """A document that lies among the uploads: document("x.pdf", b"%PDF-1.7")."""
    settings.MEDIA_ROOT = tmp_path

    def make(name, content):
        return get_document_model().objects.create(title=name, file=ContentFile(content, name=name))

    return make


def both(client, document, **headers):
    """What both its addresses answer."""
    return [client.get(url, headers=headers) for url in (document.url, document.file.url)]


def is_kept(answer):
    """Whether a browser puts it among the downloads."""
    return answer.headers.get("Content-Disposition", "").startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("คู่มือ.pdf", b"%PDF-1.7"),
        ("x.html", b"<script>1</script>"),
        ("x.xhtml", b"<script>1</script>"),
        ("x.xml", b"<a/>"),
        ("x.js", b"alert(1)"),
        ("x.docx", b"PK"),
        ("x.odd-kind", b"x"),
        ("no_ending", b"x"),
    ],
)
def test_a_document_is_kept_and_not_opened(client, document, name, content):
    for answer in both(client, document(name, content)):
        assert b"".join(answer.streaming_content) == content
        assert is_kept(answer)
        assert answer["Content-Security-Policy"] == NOTHING_RUNS
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_document_keeps_its_thai_name(client, document):
    found = document("กลวย.pdf", b"%PDF-1.7")
    disposition = client.get(found.url)["Content-Disposition"]
    assert disposition == "attachment; filename*=UTF-8''%E0%B8%81%E0%B8%A5%E0%B8%A7%E0%B8%A2.pdf"


@pytest.mark.parametrize(("name", "kind"), [("x.m4a", "audio/"), ("x.mp3", "audio/mpeg"), ("x.mp4", "video/mp4")])
def test_sounds_and_films_are_played_piece_by_piece(client, document, name, kind):
    for answer in both(client, document(name, bytes(1000)), Range="bytes=10-19"):
        assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 10-19/1000")
        assert answer["Content-Type"].startswith(kind)
        assert not is_kept(answer)
        assert answer["Content-Security-Policy"] == NOTHING_RUNS


def test_a_drawing_is_drawn_and_runs_nothing(client, document):
    drawing = document("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    as_document, as_picture = both(client, drawing)
    assert is_kept(as_document)
    assert not is_kept(as_picture)
    for answer in (as_document, as_picture):
        assert answer["Content-Security-Policy"].endswith("sandbox")
        assert "script" not in answer["Content-Security-Policy"]


def test_a_document_has_one_address(client, document):
    found = document("x.pdf", b"%PDF-1.7")
    assert client.get(f"/documents/{found.pk}/y.pdf").status_code == 404
    assert client.get(f"/documents/{found.pk + 1}/x.pdf").status_code == 404


def test_a_closed_collection_asks_for_its_password_first(client, document):
    found = document("x.pdf", b"%PDF-1.7")
    closed = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="password", password="lotus")
    assert b"%PDF" not in client.get(found.url).content


def test_a_document_whose_file_is_gone_is_not_found(client, document, tmp_path):
    found = document("x.pdf", b"%PDF-1.7")
    (tmp_path / "documents" / "x.pdf").unlink()
    assert client.get(found.url).status_code == 404
