"""Centres that hand in what they learned: 500 events at a time, two at once, through the API and its every check.

Beside it, in the same run, what the database alone does with such rows: `INSERT ... unnest ... ON CONFLICT` into the
very table, with its months, indexes and foreign keys.
"""

import json
import multiprocessing
import random
import time
from datetime import UTC, datetime, timedelta

import psycopg

from bench.client import Browser
from bench.figures import Figure
from lms.accounts.ids import uuid7

BATCH, PEOPLE, SENDERS = 500, 25, 2

# Caretakers of some centres with people, each with a token, and the lessons' questions.
CAST = """
import json
from bench.national.cast import cast
print(json.dumps(cast({centres}, {people})))
"""


def of_ingest(site, batches, goal, postgres=None):
    """Events a second; with `postgres`, its address, also in relation to bare inserts."""
    cast = cast_of(site)
    rate = _rate(_send, [(site.port, part) for part in _bodies(cast, batches)], batches)
    yield Figure("ingest, batches of 500", rate, "events/s", goal, at_least=True)
    if postgres:
        bare = _rate(_insert, [(postgres, part) for part in _rows(cast, batches)], batches)
        yield Figure("bare insert of the same, batches of 500", bare, "events/s", None)
        yield Figure("ingest, in bare inserts", rate / bare * 100, "%", 60, at_least=True)


def cast_of(site):
    return json.loads(site.shell(CAST.format(centres=20, people=PEOPLE)))


def _rate(work, parts, batches):
    """Events a second of some processes, from the first one's start to the last one's end."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(len(parts) + 1)
    processes = [context.Process(target=work, args=(ready, *part)) for part in parts]
    for process in processes:
        process.start()
    ready.wait()
    start = time.perf_counter()
    for process in processes:
        process.join()
    taken = time.perf_counter() - start
    assert not any(process.exitcode for process in processes), "a sender failed; see above"
    return batches * BATCH / taken


def _send(ready, port, batches):
    ready.wait()
    for token, body in batches:
        hand_in(port, token, body)


def hand_in(port, token, body):
    """Send a batch of new events over a line of its own, as each centre does."""
    # Of two lines that stay open both may be one process's, and one would be idle.
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Connection": "close"}
    status, text = Browser(port).request("POST", "/api/v1/events/", body, **headers)
    assert status == 200 and text.count('"accepted"') == BATCH, (status, text[:300])


def _bodies(cast, batches):
    """For each sender: (token, body). A batch is an afternoon of 25 people, each with a lesson begun and answered."""
    made = [
        (centre["token"], body_of(centre, cast["lessons"], number))
        for number, centre in enumerate(_in_turn(cast["centres"], batches))
    ]
    return [made[sender::SENDERS] for sender in range(SENDERS)]


def body_of(centre, lessons, number):
    return json.dumps({"events": list(_afternoon(centre, lessons, number))})


def _in_turn(centres, batches):
    return [centres[number % len(centres)] for number in range(batches)]


def _afternoon(centre, lessons, number):
    chance = random.Random(number)
    start = datetime.now(UTC) - timedelta(days=chance.randint(1, 300))
    for learner in centre["learners"][:PEOPLE]:
        lesson, moment = chance.choice(lessons), start
        for place in range(BATCH // PEOPLE):
            moment += timedelta(seconds=chance.randint(20, 90))
            event = {"id": str(uuid7()), "learner": learner, "lesson": lesson["key"], "occurred_at": moment.isoformat()}
            if place and place < BATCH // PEOPLE - 1:
                activity, answer = chance.choice(lesson["answers"])
                event |= {"verb": "answered", "activity": activity, "answer": answer, "seconds": 30}
            else:
                event |= {"verb": "finished" if place else "started"}
            yield event


COLUMNS = {
    "learner_id": "uuid", "id": "uuid", "course": "uuid", "lesson": "uuid", "activity": "uuid", "verb": "text",
    "answer": "text", "correct": "bool", "score": "float8", "seconds": "int2", "occurred_at": "timestamptz",
    "recorded_at": "timestamptz", "centre_id": "int8",
}  # fmt: skip
ARRAYS = ", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())
BARE = (
    f"INSERT INTO courses_learningevent ({', '.join(COLUMNS)}) SELECT * FROM unnest({ARRAYS})"
    " ON CONFLICT (learner_id, id) DO NOTHING"
)


def _rows(cast, batches):
    made = []
    for number, centre in enumerate(_in_turn(cast["centres"], batches)):
        rows = [
            (
                *(
                    event["learner"],
                    event["id"],
                    event["lesson"],
                    event["lesson"],
                    event.get("activity"),
                    event["verb"],
                ),
                *(json.dumps(event["answer"]) if "answer" in event else None, True, 1.0, event.get("seconds", 0)),
                *(event["occurred_at"], event["occurred_at"], centre["pk"]),
            )
            for event in _afternoon(centre, cast["lessons"], number + batches)
        ]
        made.append([list(column) for column in zip(*rows, strict=True)])
    return [made[sender::SENDERS] for sender in range(SENDERS)]


def _insert(ready, url, batches):
    with psycopg.connect(url) as line:
        ready.wait()
        for columns in batches:
            with line.transaction():
                line.execute(BARE, columns)
