"""A Python client that others generate from the schema: made, imported, and used on a site that runs."""

import importlib
import os
import subprocess
import sys
import urllib.request
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lms.accounts.ids import uuid7

pytestmark = pytest.mark.slow

PACKAGE = "sala_client"


@pytest.fixture
def client(live_site, tmp_path, monkeypatch):
    """The generated package, as `client("learners.learners")` finds one of its modules."""
    schema = tmp_path / "schema.yaml"
    with urllib.request.urlopen(f"{live_site.url}/api/v1/schema/") as answer:
        schema.write_bytes(answer.read())
    tools = Path(sys.executable).parent
    command = [tools / "openapi-python-client", "generate", "--path", schema, "--output-path", tmp_path / "client"]
    paths = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"}  # it tidies what it wrote with ruff
    done = subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Warning" not in said, said
    monkeypatch.syspath_prepend(tmp_path / "client")
    yield lambda name: importlib.import_module(f"{PACKAGE}.{name}")
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]


@pytest.fixture
def signed_in(live_site, client):
    """The client with a token: signed_in("nok", "read_progress")."""

    def make(username, *scopes):
        flags = [part for scope in scopes for part in ("--scope", scope)]
        token = live_site.manage("make_token", username, *flags).strip()
        return client("client").AuthenticatedClient(base_url=live_site.url, token=token)

    return make


def test_the_generated_client_reads_sends_and_is_told_what_it_may_not(client, signed_in):
    reader, sender = signed_in("nok", "read_progress"), signed_in("nok", "write_events")
    learners, progress, courses = map(client, ["api.learners.learners", "api.learners.progress", "api.courses.courses"])

    page = learners.sync(client=reader, limit=5)
    somsri = learners.sync(client=reader, q="ป้าสมศรี").results[0]
    assert len(page.results) == 5 and page.next_.startswith("http")
    assert isinstance(somsri.id, uuid.UUID) and somsri.last_active.tzinfo

    begun = somsri.progress[0].course
    course = next(course for course in courses.sync(client=reader).results if course.key == begun)
    rows = progress.sync(client=reader, course=begun).results
    assert somsri.name in {row.name for row in rows}
    assert {lesson.state.value for row in rows for lesson in row.lessons} <= {"started", "finished"}

    verdict = send(client, sender, somsri.id, course.lessons[0].key)
    assert (verdict.status.value, "") == ("accepted", "")

    refused = learners.sync_detailed(client=sender)
    assert refused.status_code == 403 and "read_progress" in refused.parsed.detail


def send(client, sender, learner, lesson):
    event = client("models").Event(
        id=uuid7(),
        learner=learner,
        lesson=lesson,
        verb=client("models").VerbEnum.STARTED,
        occurred_at=datetime.now(UTC),
    )
    batch = client("models").Batch(events=[event])
    return client("api.events.hand_in_events").sync(client=sender, body=batch).verdicts[0]


def test_the_generated_client_is_spared_what_it_has(client, signed_in):
    centres, reader = client("api.centres.centres"), signed_in("wipha")
    first = centres.sync_detailed(client=reader)
    again = centres.sync_detailed(client=reader, if_none_match=first.headers["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_generated_client_gives_an_officer_counts(client, signed_in):
    completions, by = client("api.statistics.completions"), client("models").CompletionsBy
    report = completions.sync(client=signed_in("wipha"), by=by.REGION)
    assert report.total.starters == sum(row.starters for row in report.rows) > 0
