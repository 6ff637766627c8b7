"""Uploads in a bucket: browsers meet this site only, and what is in the bucket opens to nobody else."""

import urllib.error
import urllib.request

import pytest
import requests

from tests.hub import as_hub
from tests.servers import Bucket

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bucket")]

SOUND = bytes(range(256)) * 1000
UPLOAD = """
from pathlib import Path
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as there
from wagtail.documents.models import Document
from wagtail.images.models import Image
print(there.url(there.save("เสียง 1.mp3", ContentFile(bytes(range(256)) * 1000))))
print(there.save("a.txt", ContentFile(b"1")), there.save("a.txt", ContentFile(b"2")) != "a.txt")
document = Document(title="คู่มือ")
document.file.save("guide.html", ContentFile(b"<script>1</script>"))
print(document.url)
star = ContentFile(next(Path("lms/static/app").glob("*.png")).read_bytes(), "star.png")
print(Image.objects.create(title="ดาว", file=star).get_rendition("fill-40x40").url)
"""


@pytest.fixture(scope="module")
def bucket():
    with Bucket() as server:
        yield server


@pytest.fixture(scope="module")
def site(bucket, prepared_site, tmp_path_factory):
    """A site that had its uploads in a folder until now."""
    site = prepared_site.copy_to(tmp_path_factory.mktemp("site"))
    folder = site.environment.pop("SALA_MEDIA_ROOT")
    as_hub(site, SALA_MEDIA_URL=bucket.url)
    copied = site.manage("fill_bucket", folder)
    assert copied.endswith(" files copied, 0 were in the bucket before\n") and copied[0] != "0"
    yield site.start()
    site.stop()


def test_uploads_come_from_this_site_whole_and_in_pieces_and_are_in_its_backup_by_name(site, bucket, tmp_path):
    sound, name, kept_both, document, picture = site.shell(UPLOAD).split()
    assert (name, kept_both) == ("a.txt", "True"), "a file is never written over"

    def see(path, **headers):
        return requests.get(site.url + path, headers=headers, timeout=20)

    whole = see(sound)
    assert (whole.status_code, whole.content, whole.headers["Content-Type"]) == (200, SOUND, "audio/mpeg")
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert int(whole.headers["Content-Length"]) == len(SOUND)
    piece = see(sound, Range="bytes=100-299")
    assert (piece.status_code, piece.content) == (206, SOUND[100:300])
    assert piece.headers["Content-Range"] == f"bytes 100-299/{len(SOUND)}"
    assert see(sound, Range="bytes=0-1,5-6").content == SOUND
    assert see(sound, Range=f"bytes={len(SOUND)}-").headers["Content-Range"] == f"bytes */{len(SOUND)}"
    assert see(sound, **{"If-Modified-Since": whole.headers["Last-Modified"]}).status_code == 304
    for nothing in ("/media/nothing.mp3", "/media/x/%2e%2e/%2e%2e/a.txt", "/media/" + "x" * 2000, "/media//"):
        assert see(nothing).status_code == 404, nothing
    saved = see(document)
    assert saved.content == b"<script>1</script>"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert see(picture).content[:4] == b"\x89PNG"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{bucket.endpoint}/{bucket.name}/a.txt")

    assert "they are in the bucket" in site.manage("back_up", str(tmp_path / "backup"))
    bucket.delete("documents/guide.html")
    with pytest.raises(AssertionError, match="1 uploaded files are missing, such as documents/guide"):
        site.manage("prove_backup", "--quick", str(tmp_path / "backup"))


def test_without_the_bucket_lessons_go_on(site, bucket):
    bucket.stop()
    assert requests.get(f"{site.url}/courses/", timeout=20).status_code == 200
    assert requests.get(f"{site.url}/media/a.txt", timeout=20).status_code == 500
    ready = requests.get(f"{site.url}/readyz", timeout=20)
    assert (ready.status_code, ready.json()["parts"]["media"]) == (200, "failed")
    assert bucket.key["SecretAccessKey"] not in (site.folder / "server.log").read_text()
