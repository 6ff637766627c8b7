"""A query that is worked out once gives what it would give if it were worked out each time."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.accounts.models import User
from lms.accounts.prepared import NOBODY, Prepared, _like, _moment, fields_of, object_of
from lms.centres.models import HomeCentre


def people(shape, ids, since, but):
    found = User.objects.filter(pk__in=ids, date_joined__gt=since - timedelta(days=1)).exclude(pk=but)
    return found.order_by("name").values("id", "name", "date_joined") if shape == "full" else found.values("id")


@pytest.fixture
def crowd(db):
    return [User.objects.create_user(name=f"คนที่ {n}") for n in range(5)]


def test_the_rows_are_those_of_the_query_whatever_is_asked(crowd):
    prepared, now = Prepared(people), timezone.now()
    for wanted in ([], crowd[:1], crowd[1:], crowd):
        for since in (now - timedelta(days=5), now + timedelta(days=3)):
            values = {"ids": [person.pk for person in wanted], "since": since, "but": crowd[2].pk}
            assert prepared.rows("full", **values) == list(people("full", **values))


def test_shapes_do_not_mix(crowd):
    prepared = Prepared(people)
    values = {"ids": [crowd[0].pk], "since": timezone.now() - timedelta(days=1), "but": NOBODY}
    assert set(prepared.rows("full", **values)[0]) == {"id", "name", "date_joined"}
    assert prepared.rows("short", **values) == [{"id": crowd[0].pk}]


def test_a_text_is_filled_in_as_it_is(crowd):
    prepared = Prepared(lambda shape, name: User.objects.filter(name=name).values("id"))
    for text in (crowd[3].name, "%s", "' OR 1=1 --", "", crowd[0].name):
        wanted = [{"id": person.pk} for person in crowd if person.name == text]
        assert prepared.rows("", name=text) == wanted


def test_the_sql_is_worked_out_once(crowd, monkeypatch):
    built = []
    prepared = Prepared(lambda shape, **values: built.append(shape) or people(shape, **values))
    values = {"ids": [crowd[0].pk], "since": timezone.now() - timedelta(days=1), "but": NOBODY}
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            prepared.rows("full", **values)
    assert built == ["full"]
    assert len(asked) == 3


def test_whole_objects_come_of_rows_and_none_where_a_relation_leads_nowhere(crowd, ban_nong_bua):
    HomeCentre.objects.create(learner=crowd[0], centre=ban_nong_bua)
    fields = [*fields_of(User), *fields_of(HomeCentre, "home__")]
    rows = {row["id"]: row for row in User.objects.values(*fields)}
    person, home = object_of(User, rows[crowd[0].pk]), object_of(HomeCentre, rows[crowd[0].pk], "home__")
    assert vars(person) | {"_state": None} == vars(User.objects.get(pk=person.pk)) | {"_state": None}
    assert (home.learner_id, home.centre_id, home._state.adding) == (crowd[0].pk, ban_nong_bua.pk, False)
    assert object_of(HomeCentre, rows[crowd[1].pk], "home__") is None


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's test database belongs to one thread")
@pytest.mark.django_db(transaction=True)
def test_threads_do_not_get_each_others_rows():
    crowd = [User.objects.create_user(name=f"คนที่ {n}") for n in range(8)]
    prepared, wrong = Prepared(people), []

    def ask(person):
        for _ in range(30):
            values = {"ids": [person.pk], "since": timezone.now() - timedelta(days=1), "but": NOBODY}
            if [row["id"] for row in prepared.rows("full", **values)] != [person.pk]:
                wrong.append(person)
        connection.close()

    threads = [threading.Thread(target=ask, args=(person,)) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_values_take_the_form_of_what_stood_for_them():
    someone, moment = UUID(int=7), datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert _like("0" * 32, someone) == someone.hex
    assert _like(UUID(int=1), someone) == someone
    assert _like("2001-02-03 04:05:06", moment) == "2026-11-24 20:00:00"
    assert _moment("not a moment") is None
    assert _moment(12) is None
