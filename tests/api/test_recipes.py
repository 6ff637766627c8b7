"""docs/recipes.md does what it says: every block of it is run against a site of its own."""

import os
import re
import subprocess
import sys

import pytest

from tests.live import ROOT

BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="module")
def site(prepared_site, tmp_path_factory):
    site = prepared_site.copy_to(tmp_path_factory.mktemp("recipes") / "site").start()
    yield site
    site.stop()


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_every_recipe_runs_as_it_stands(site, tmp_path, place):
    language, code = BLOCKS[place]
    token = site.manage("make_token", "nok", "--name", "recipes").strip()
    command = ["bash", "-euo", "pipefail", "-c", code] if language == "sh" else [sys.executable, "-c", code]
    environment = os.environ | {"SALA": site.url, "TOKEN": token}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert EXPECTED[place] in done.stdout


# What each block prints, in the page's order.
EXPECTED = ['"results"', "unchecked", "lessons_finished", "started", "304", "starters", "duplicate"]


def test_every_recipe_is_expected_to_print_something():
    assert len(EXPECTED) == len(BLOCKS)
