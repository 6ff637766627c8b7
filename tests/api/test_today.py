"""วันนี้ for other programs: what the caretaker's first page says."""

import pytest
from django.test import Client
from django.utils import timezone

from lms.centres.models import AuditEntry, Device
from lms.network.desk.api import FIGURES
from tests.counting import queries_for_one_and_for_many

TODAY = "/api/v1/today/"


@pytest.fixture
def desk(nok):
    browser = Client()
    browser.force_login(nok)
    return browser


@pytest.fixture
def busy(somsri, thongbai, course, did, hands_on, device, sits_at, set_code, ban_nong_bua):
    code = set_code(thongbai, "fish-lotus-mango")
    code.locked_at = timezone.now()
    code.save()
    Device.objects.create(centre=ban_nong_bua, name="เครื่อง 2")
    did(somsri, course.lessons()[0], "finished")
    did(somsri, hands_on, "task", [0, 1, 2])
    sits_at(somsri, device)


def test_it_says_what_the_desks_first_page_says(busy, api, desk, nok, somsri):
    page = desk.get("/desk/").context
    told = api(nok).get(TODAY).json()
    assert {name: told[name] for name in FIGURES} == page["day"]
    assert (told["came"], told["lessons"], told["tasks"], told["locked"]) == (1, 1, 1, 1)
    assert told["centre"] == "TH-32-0001"
    shown = [(taken.seat.name, taken.seat.learner and str(taken.seat.learner)) for taken in page["seats"]]
    assert [(seat["device"], seat["learner"]) for seat in told["seats"]] == shown
    assert [seat["name"] for seat in told["seats"]] == ["ป้าสมศรี", ""]


def test_who_looks_is_written_down(busy, api, nok, ban_nong_bua):
    for _time in range(2):
        api(nok).get(TODAY)
    looks = AuditEntry.objects.filter(actor=nok.pk, action="listed", centre=ban_nong_bua, detail="today")
    assert looks.count() == 1


def test_who_looks_after_several_centres_names_one(busy, api, ek, ban_pua):
    ek.appointments.get().centres.add(ban_pua)
    refused = api(ek).get(TODAY)
    assert refused.status_code == 400
    assert "centre" in refused.json()["errors"]
    assert api(ek).get(TODAY, {"centre": "TH-32-0001"}).json()["came"] == 1


def test_what_has_not_changed_is_not_sent_again(busy, api, nok):
    first = api(nok).get(TODAY)
    assert api(nok).get(TODAY, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_it_costs_as_much_for_one_machine_as_for_many(busy, api, nok, ban_nong_bua):
    Device.objects.filter(name="เครื่อง 2").delete()
    client = api(nok)

    def add(count):
        Device.objects.bulk_create(Device(centre=ban_nong_bua, name=f"เครื่อง {n + 10}") for n in range(count))

    queries_for_one_and_for_many(lambda: len(client.get(TODAY).json()["seats"]), add)
