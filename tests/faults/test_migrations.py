"""Every migration of ours can be taken back and applied again, on both databases."""

import pytest

from tests.live import LiveSite
from tests.postgres import Postgres

# The first of accounts stays: Wagtail's own migrations stand on it, and one of those cannot be taken back.
BACK_TO = {"courses": "zero", "cms": "zero", "centres": "zero", "accounts": "0001"}
TABLES = "from django.db import connection; print(*connection.introspection.table_names())"


@pytest.mark.slow
def test_our_migrations_go_back_and_forward_again_on_sqlite(tmp_path):
    back_and_forward(LiveSite(tmp_path))


@pytest.mark.slow
def test_our_migrations_go_back_and_forward_again_on_postgresql(tmp_path):
    with Postgres() as postgres:
        back_and_forward(LiveSite(tmp_path, database=postgres.url))


def back_and_forward(site):
    site.manage("migrate")
    tables = site.shell(TABLES)
    assert "courses_learningevent" in tables
    for app, migration in BACK_TO.items():
        site.manage("migrate", app, migration)
    gone = tuple(f"{app}_" for app, migration in BACK_TO.items() if migration == "zero")
    assert not [table for table in site.shell(TABLES).split() if table.startswith(gone)]
    site.manage("migrate")
    assert site.shell(TABLES) == tables
