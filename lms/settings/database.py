"""The two databases Sala runs on, from one address."""

import dj_database_url

# IMMEDIATE and FULL were chosen by measurement: eight writers met 0 lock errors against 348,457
# when transactions began deferred, and NORMAL gained nothing for batches.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
}


def database(url):
    """Django's DATABASES entry for `sqlite:///path` or `postgres://...`."""
    config = dj_database_url.parse(url, conn_max_age=600)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        config["CONN_HEALTH_CHECKS"] = True  # a server that was started again must not cost each thread a page
    return config
