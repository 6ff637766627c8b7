"""Every page of the desk that names a learner leaves a look in the centre's audit log."""

from django.core.cache import caches
from django.db import transaction
from django.test import Client

from lms.centres.models import AuditEntry, Device
from tests.addresses import routes
from tests.network.test_desk_registration import form
from tests.test_access_matrix import rows  # noqa: F401

NAMES_NOBODY = {
    "desk/learners/new/",
    "desk/import/",
    "desk/import/template.csv",
    "desk/import/template.xlsx",
    "desk/more/",
    "desk/tokens/",
}


def opened(browser, address):
    """The page, and the looks that its centre finds then. All is as before afterwards: the next page is a new look."""
    caches["default"].clear()
    with transaction.atomic():
        answer = browser.get(address)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
        caretaker = answer.wsgi_request.user
        looks = AuditEntry.objects.visible_to(caretaker).filter(
            actor=caretaker.pk, action__in=["looked", "listed"], centre=caretaker.memberships.get().centre_id
        )
        found = list(looks)
        transaction.set_rollback(True)
    return answer.status_code, text, found


def test_every_page_that_names_a_learner_leaves_a_look(rows, kham, fah, ban_pua, sits_at):  # noqa: F811
    """น้องฟ้า is 16, so that there are her guardian's pages too, and sits at a machine."""
    sits_at(fah, Device.objects.get(centre=ban_pua, owner=None))
    fah.name = "น้องคนเดียว"
    fah.save()
    browser, of_ban_pua, unseen, pages = Client(), rows[1], [], set()
    browser.force_login(kham)
    for route in routes():
        if route.startswith("desk/"):
            status, text, looks = opened(browser, of_ban_pua(route))
            assert status in (200, 405), route
            if route in NAMES_NOBODY:
                assert fah.name not in text, route
            elif status == 200 and not looks:
                unseen.append(route)
            if status == 200:
                pages.add(route)
    assert unseen == []
    assert pages > NAMES_NOBODY


def test_names_that_are_shown_while_registering_are_a_look_too(kham, fah):
    browser = Client()
    browser.force_login(kham)
    answer = browser.post("/desk/learners/new/", form(name=fah.name))
    assert answer.status_code == 409
    assert AuditEntry.objects.get(action="listed").centre_id == fah.home.centre_id


def test_a_phones_page_names_its_learner_and_is_a_look(kham, fah):
    browser = Client()
    browser.force_login(kham)
    browser.post(f"/desk/learners/{fah.pk}/phones/")
    assert AuditEntry.objects.get(action="looked").subject == fah.pk
