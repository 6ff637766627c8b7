"""A site on a PostgreSQL that writes as carefully as in production."""

from typing import NamedTuple

import pytest

from tests.hub import as_hub
from tests.postgres import CopyOf, Postgres


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


class Cluster(NamedTuple):
    """A primary with the demo in it, and two replicas that follow it; the second one also the first, if that leads."""

    primary: Postgres
    one: CopyOf
    two: CopyOf

    @property
    def urls(self):
        return ",".join(replica.url for replica in (self.one, self.two))


@pytest.fixture
def cluster(postgres):
    with (
        CopyOf(postgres) as primary,
        CopyOf(primary, [primary]) as one,
        CopyOf(primary, [primary, one]) as two,
    ):
        yield Cluster(primary, one, two)


@pytest.fixture
def hub(prepared_site, tmp_path):
    """A site with production's settings: hub(database, SALA_WORKERS=2). It runs until the end of the test."""
    sites = []

    def start(database, **environment):
        site = prepared_site.copy_to(tmp_path / f"hub-{len(sites)}", database=database)
        sites.append(as_hub(site, **environment).start())
        return site

    yield start
    for site in sites:
        site.stop()
