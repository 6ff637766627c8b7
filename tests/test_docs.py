"""The pages for those who run Sala name everything that they can set, and what they tell to run does what it should."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
PLACES = ["gunicorn.conf.py", "lms/settings/production.py", "lms/settings/base.py", "lms/settings/demo.py"]
FROM_ENVIRONMENT = re.compile(
    r"""(?:environ\.get|required|secret|hosts|one_of|number|address(?:es)?_of_\w+)\(\s*["']([A-Z_]+)"""
)

PAGES = sorted((ROOT / "docs").glob("*.md"))
COMPILE = re.compile(r"^(?:\.venv/bin/)?(pybabel compile .*)$", re.MULTILINE)
COMMAND = re.compile(r"manage\.py ([a-z][a-z_]*)")


def found_on(page, pattern):
    return pattern.findall(page.read_text(encoding="utf-8"))


def variables():
    return sorted({name for place in PLACES for name in FROM_ENVIRONMENT.findall((ROOT / place).read_text())})


def test_the_list_of_variables_is_not_empty():
    assert {"SALA_SECRET_KEY", "DATABASE_URL", "SALA_HTTPS", "SALA_WORKERS", "SALA_CACHE_URL"} <= set(variables())


@pytest.mark.parametrize("name", variables())
def test_every_variable_of_the_environment_is_explained(name):
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert f"`{name}" in pages, f"docs/operations.md does not say what {name} is for"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_somewhere_it_stands_how_words_are_compiled_and_commands_are_run():
    assert any(found_on(page, COMPILE) for page in PAGES)
    assert {"migrate", "back_up", "event_months"} <= {name for page in PAGES for name in found_on(page, COMMAND)}


@pytest.mark.parametrize("page", [page for page in PAGES if found_on(page, COMPILE)], ids=lambda page: page.name)
def test_the_lines_that_compile_leave_no_words_out(page, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.chdir(tmp_path)
    for line in found_on(page, COMPILE):
        CommandLineInterface().run(shlex.split(line))
    places = [tmp_path / Path(place).relative_to(ROOT) for place in settings.LOCALE_PATHS]
    words = [po for place in places for po in place.glob("*/LC_MESSAGES/*.po")]
    assert len(words) >= 3
    assert [po for po in words if not po.with_suffix(".mo").exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_is_there(page):
    assert set(found_on(page, COMMAND)) <= get_commands().keys()
