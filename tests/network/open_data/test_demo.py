"""The demo's own figures, which nobody made up for this: nothing hidden is given back."""

import csv
import io
from itertools import groupby

from django.core.management import call_command

from lms.centres.places import load_places
from lms.network.open_data import monthly
from tests.network.open_data.attacker import given_away, tree


def test_nothing_hidden_in_the_demo_is_given_back(db, settings, write_course, client, monkeypatch):
    settings.SALA_DEMO = True
    load_places()
    write_course(lessons=4)
    call_command("load_demo", verbosity=0)
    monkeypatch.setattr(monthly, "last_month", lambda: 999912)
    text = b"".join(client.get("/data/monthly.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    hidden = 0
    for _month, found in groupby(rows, key=lambda row: row["month"]):
        found = list(found)
        for measure in monthly.MEASURES:
            asked = [row for row in found if row["level"] != "centre" or measure in monthly.OF_CENTRES]
            inside, told = tree(asked, measure)
            hidden += sum(figure is None for figure in told.values())
            assert not [figure for figure in told.values() if figure in range(1, 5)]
            assert given_away(inside, told) == {}
    assert hidden and any(row["active"] not in ("", "0") for row in rows)
