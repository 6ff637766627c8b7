"""The pages for those who run Sala name everything that they can set."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLACES = ["gunicorn.conf.py", "lms/settings/production.py", "lms/settings/base.py", "lms/settings/demo.py"]
FROM_ENVIRONMENT = re.compile(
    r"""(?:environ\.get|required|secret|hosts|one_of|number|address(?:es)?_of_\w+)\(\s*["']([A-Z_]+)"""
)


def variables():
    return sorted({name for place in PLACES for name in FROM_ENVIRONMENT.findall((ROOT / place).read_text())})


def test_the_list_of_variables_is_not_empty():
    assert {"SALA_SECRET_KEY", "DATABASE_URL", "SALA_HTTPS", "SALA_WORKERS", "SALA_CACHE_URL"} <= set(variables())


@pytest.mark.parametrize("name", variables())
def test_every_variable_of_the_environment_is_explained(name):
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert f"`{name}" in pages, f"docs/operations.md does not say what {name} is for"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
