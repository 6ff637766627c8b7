"""The audit log: who did what with whose data, searched and never changed."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from lms.centres.audit import Action, note, note_look
from lms.centres.models import AuditEntry
from lms.centres.models.audit import AppendOnly
from tests.counting import queries_for_one_and_for_many


@pytest.fixture
def open_as():
    def make(user, address):
        client = Client()
        client.force_login(user)
        return client.get(address)

    return make


@pytest.fixture
def entries(nok, kham, somsri, fah):
    """ครูนก looked at ป้าสมศรี and gave her a new code; ลุงคำปัน's program looked at น้องฟ้า."""
    note(nok, Action.LOOKED, somsri)
    note(nok, Action.CODE_SET, somsri)
    kham.token_name = "ระบบจังหวัด"
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                actor=kham.pk, action="looked", subject=fah.pk, centre_id=fah.home.centre_id, token=kham.token_name
            )
        ]
    )


def rows(answer):
    assert answer.status_code == 200
    return [(entry.actor, entry.action) for entry in answer.context["entries"]]


def test_the_ministry_finds_what_it_looks_for(entries, open_as, wipha, nok, kham, somsri):
    assert len(rows(open_as(wipha, "/ministry/audit/"))) == 3
    assert rows(open_as(wipha, "/ministry/audit/?actor=nok&action=code_set")) == [(nok.pk, "code_set")]
    assert rows(open_as(wipha, f"/ministry/audit/?actor={kham.pk}")) == [(kham.pk, "looked")]
    assert len(rows(open_as(wipha, f"/ministry/audit/?subject={somsri.pk}"))) == 2
    assert rows(open_as(wipha, "/ministry/audit/?centre=TH-55-0001")) == [(kham.pk, "looked")]
    assert rows(open_as(wipha, "/ministry/audit/?token=ระบบจังหวัด")) == [(kham.pk, "looked")]
    assert rows(open_as(wipha, "/ministry/audit/?actor=nobody")) == []


def test_days_are_thai_days_and_both_count(entries, open_as, wipha, monkeypatch):
    day = timezone.localdate().isoformat()
    before = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert len(rows(open_as(wipha, f"/ministry/audit/?first={day}&last={day}"))) == 3
    assert rows(open_as(wipha, f"/ministry/audit/?last={before}")) == []


@pytest.mark.parametrize(
    "query", ["first=22/11/2569", "subject=somsri", "action=danced", "centre=%00", "last=2026-02-30"]
)
def test_what_cannot_be_read_is_said_and_kept(open_as, wipha, query):
    answer = open_as(wipha, f"/ministry/audit/?{query}")
    assert answer.status_code == 400
    assert "fix" in answer.content.decode()


def test_a_caretaker_finds_what_concerns_their_centre_with_names(entries, open_as, nok, kham):
    html = open_as(nok, "/desk/audit/").content.decode()
    assert "ป้าสมศรี" in html
    assert "ลุงคำปัน" not in html
    assert rows(open_as(kham, "/desk/audit/")) == [(kham.pk, "looked")]


def test_the_ministry_sees_learners_by_id_only(entries, open_as, wipha, somsri):
    html = open_as(wipha, "/ministry/audit/").content.decode()
    assert "ครูนก" in html
    assert "ป้าสมศรี" not in html
    assert str(somsri.pk) in html


def test_the_sheet_holds_what_was_asked_and_is_written_down_itself(entries, open_as, wipha):
    answer = open_as(wipha, "/ministry/audit.csv?action=code_set")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row["action"] for row in csv.DictReader(io.StringIO(text))] == ["code_set"]
    assert AuditEntry.objects.filter(actor=wipha.pk, action="exported", detail="audit").count() == 1


def test_pages_go_on_where_the_last_one_ended(open_as, wipha, nok):
    AuditEntry.objects.bulk_create(AuditEntry(actor=nok.pk, action="listed", detail=str(n)) for n in range(120))
    seen, place = [], ""
    while True:
        answer = open_as(wipha, f"/ministry/audit/?before={place}")
        seen += [entry.detail for entry in answer.context["entries"]]
        note(nok, Action.EXPORTED)  # comes in while somebody reads
        place = answer.context["older"]
        if not place:
            break
    assert seen == [str(n) for n in reversed(range(120))]


def test_the_log_costs_the_same_for_one_entry_and_for_many(open_as, wipha, nok, somsri):
    client = Client()
    client.force_login(wipha)

    def add(number):
        AuditEntry.objects.bulk_create(
            AuditEntry(actor=nok.pk, action="looked", subject=somsri.pk, centre_id=somsri.home.centre_id)
            for _ in range(number)
        )

    add(1)
    queries_for_one_and_for_many(lambda: len(client.get("/ministry/audit/").context["entries"]), add, shown=50)


def test_looking_at_ones_own_data_is_nobodys_business(somsri):
    assert note(somsri, Action.LOOKED, somsri) is None
    assert AuditEntry.objects.count() == 0


def test_a_page_that_refreshes_itself_is_one_look_an_hour(nok, somsri, thongbai):
    for learner in (somsri, somsri, thongbai):
        note_look(nok, Action.LOOKED, learner)
    assert AuditEntry.objects.count() == 2


def test_no_entry_is_changed_or_removed(entries):
    entry = AuditEntry.objects.first()
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(actor=None)
    assert AuditEntry.objects.count() == 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such guard: the models are it")
@pytest.mark.parametrize("sql", ["UPDATE centres_auditentry SET detail = 'x'", "DELETE FROM centres_auditentry"])
def test_postgresql_itself_refuses_to_change_the_log(entries, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 3
