"""Sala as an app on a phone: its manifest, its worker, and what they name."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from lms.accounts import shell

TOKENS = Path(finders.find("css/tokens.css")).read_text()


def manifest(client, language=""):
    return client.get(f"{language}/manifest.webmanifest").json()


def test_the_manifest_names_the_app_in_the_readers_language(client, db):
    thai, english = manifest(client), manifest(client, "/en")
    assert (thai["name"], thai["start_url"], thai["display"]) == ("ศาลา", "/", "standalone")
    assert (english["name"], english["start_url"]) == ("Sala", "/en/")
    assert thai["id"] == english["id"], "one app, not two"


def test_its_colours_are_those_of_the_pages(client, db):
    app, page = manifest(client), client.get("/kept/none/").content.decode()
    assert f"--band: {app['theme_color']}" in TOKENS
    assert f"--paper: {app['background_color']}" in TOKENS
    for colour in re.findall(r'name="theme-color" content="(#\w+)"', page):
        assert f"--band: {colour}" in TOKENS


def test_its_icons_are_as_large_as_it_says(client, db):
    icons = manifest(client)["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_every_page_names_the_manifest_and_the_icon_of_the_home_screen(client, db):
    for address in ("/kept/none/", "/en/sign-in/"):
        page = client.get(address).content.decode()
        assert 'rel="manifest"' in page
        assert 'rel="apple-touch-icon"' in page
        assert "register_worker.js" in page


def facts(client):
    text = client.get("/sw.js").content.decode()
    return json.loads(re.search(r"serve\((.*)\);", text)[1])


def test_the_worker_is_asked_for_anew_each_time_and_stands_at_the_root(client, db):
    answer = client.get("/sw.js")
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_the_worker_knows_the_pages_that_everybody_keeps_in_every_language(client, db):
    assert facts(client)["none"] == {"th": "/kept/none/", "en": "/en/kept/none/"}
    assert facts(client)["check"] == {"th": "/kept/check/", "en": "/en/kept/check/"}


def test_the_shell_holds_the_modules_of_learners_and_what_these_import(client, db):
    files = facts(client)["shell"]
    assert {"/static/css/sala.css", "/static/js/answer.js", "/static/icons.svg"} <= set(files)
    assert not [name for name in files if "desk" in name or "/pdf/" in name]
    folder = Path(finders.find("js"))
    for name in (name.removeprefix("/static/js/") for name in files if "/js/" in name):
        for other in re.findall(r'(?:from |import\()"(\.[^"]+)"', (folder / name).read_text()):
            beside = (folder / name).parent.joinpath(other).resolve().relative_to(folder.resolve())
            assert f"/static/js/{beside}" in files, f"{name} needs {beside}"


@pytest.fixture
def _anew():
    shell.release.cache_clear()
    yield
    shell.release.cache_clear()


def test_a_file_that_changed_is_another_release(_anew, monkeypatch, tmp_path):
    before = shell.release()
    shell.release.cache_clear()
    assert shell.release() == before
    other = tmp_path / "sala.css"
    other.write_text("* { color: red }")
    find = finders.find
    monkeypatch.setattr(finders, "find", lambda name: str(other) if name == "css/sala.css" else find(name))
    shell.release.cache_clear()
    assert shell.release() != before


def test_a_developers_server_has_no_worker(client, db, settings):
    settings.DEBUG = True
    assert client.get("/sw.js").status_code == 404
