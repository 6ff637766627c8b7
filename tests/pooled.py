"""`python -m tests.pooled COMMAND...` is `python -m tests.postgres` through a pgbouncer that gives out transactions.

Everything that asks the database can be tried so; `make test` does not, as it takes as long as without.
"""

import os
import subprocess
import sys

from tests.postgres import Postgres
from tests.servers import Pgbouncer


def main(command):
    with Postgres() as postgres, Pgbouncer(postgres, connections=8) as pooler:
        environment = {"SALA_TEST_DATABASE_URL": pooler.url, "SALA_POOLER": "yes"}
        return subprocess.call(command, env=os.environ | environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
