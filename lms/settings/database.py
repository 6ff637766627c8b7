"""The two databases Sala runs on, from one address; and PostgreSQL's replicas, from theirs."""

from urllib.parse import unquote, urlsplit, urlunsplit

import dj_database_url

# IMMEDIATE and FULL were chosen by measurement: eight writers met 0 lock errors against 348,457
# when transactions began deferred, and NORMAL gained nothing for batches. Each thread keeps pages of the file in a
# cache of its own: SQLite's 2 MB are enough, as eight times as many cost memory and gained nothing either. So it does
# statements: 128 are Python's wish, 3 MB for each worker; to prepare a small one anew takes four microseconds.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "cached_statements": 32,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
# Where there is another server to turn to, nobody waits long for one that is gone.
IMPATIENT = {
    "connect_timeout": 3,
    "tcp_user_timeout": 10_000,
    **{"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3},
}


def database(url, pooled=False):
    """Django's DATABASES entry for `sqlite:///path` or `postgres://...`; of several hosts, the one that takes writes.

    `pooled`: a pooler may give each transaction another connection, so that no cursor outlives one.
    """
    url, hosts = _without_hosts(url)
    config = dj_database_url.parse(url, conn_max_age=600)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
        return config
    config["CONN_HEALTH_CHECKS"] = True  # a server that was started again must not cost each thread a page
    config["DISABLE_SERVER_SIDE_CURSORS"] = pooled
    if hosts:
        config |= hosts
        takes_writes = IMPATIENT | {"target_session_attrs": "read-write"}
        config["OPTIONS"] = takes_writes | config.get("OPTIONS", {})
    return config


def replica(url, pooled=False):
    """An entry that is only read. Tests that ask for it get the primary."""
    config = database(url, pooled)
    config["OPTIONS"] = IMPATIENT | config.get("OPTIONS", {})
    return config | {"TEST": {"MIRROR": "default"}}


def _without_hosts(url):
    """The address, and its hosts where it names several: `a:5432,b:5432`, which libpq reads and Python does not."""
    parts = urlsplit(url)
    login, at, places = parts.netloc.rpartition("@")
    if "," not in places:
        return url, {}
    hosts, _colons, ports = zip(*(place.partition(":") for place in places.split(",")), strict=True)
    ports = [port or "5432" for port in ports]
    if not all(port.isdigit() for port in ports) or not all(hosts):
        raise ValueError("A host or its port cannot be read.")
    found = {"HOST": ",".join(unquote(host) for host in hosts), "PORT": ",".join(ports)}
    return urlunsplit(parts._replace(netloc=login + at)), found
