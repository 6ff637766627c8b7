"""A site on a PostgreSQL that writes as carefully as in production."""

import pytest

from tests.postgres import Postgres


@pytest.fixture(scope="session")
def postgres(prepared_site, tmp_path_factory):
    """A server with the demo in it; tests that share it are of the group "postgres"."""
    with Postgres(durable=True) as server:
        prepared_site.copy_to(tmp_path_factory.mktemp("first"), database=server.url).manage("prepare_demo")
        yield server


@pytest.fixture
def postgres_site(prepared_site, postgres, tmp_path):
    """The demo on PostgreSQL, running under gunicorn."""
    site = prepared_site.copy_to(tmp_path / "site", database=postgres.url).start()
    yield site
    site.stop()
