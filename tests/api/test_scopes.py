"""A token does what its scopes say, and sees no centre but the one it was made for."""

from datetime import timedelta

import pytest
from django.test import Client

from courses import feed
from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS, READ_PROGRESS, SCOPES, WRITE_EVENTS
from lms.centres.models import AuditEntry, DataRequest, Device, HomeCentre, Learner, Membership
from tests.counting import queries_for_one_and_for_many

WANTED = {
    "learners/": READ_PROGRESS,
    "learners/{learner}/": READ_PROGRESS,
    "progress/": READ_PROGRESS,
    "progress/?course={course}&format=csv": READ_PROGRESS,
    "needs/": READ_PROGRESS,
    "tasks/": READ_PROGRESS,
    "events/": READ_PROGRESS,
    "xapi/statements": READ_PROGRESS,
    "statistics/completions/?by=region": READ_COUNTS,
    "courses/": None,
    "courses/{course}/": None,
    "centres/": None,
    "centres/TH-32-0001/": None,
    "schema/": None,
    "": None,
}


@pytest.fixture
def address(course, somsri):
    return lambda path: "/api/v1/" + path.format(course=course.key, learner=somsri.pk)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("path", WANTED)
def test_a_token_reads_what_its_scope_is_for(api, nok, address, path, scope):
    answer = api(nok, scopes=[scope]).get(address(path))
    assert answer.status_code == (200 if WANTED[path] in (scope, None) else 403)


@pytest.mark.parametrize("scope", SCOPES)
def test_only_a_token_for_sending_sends(api, nok, somsri, course, event_of, scope):
    body = {"events": [event_of(somsri, course.lessons()[0])]}
    answer = api(nok, scopes=[scope]).post("/api/v1/events/", body, content_type="application/json")
    assert answer.status_code == (200 if scope == WRITE_EVENTS else 403)


def test_a_refusal_names_the_scope_that_is_wanted_and_those_that_are_there(api, nok):
    program = api(nok, scopes=[WRITE_EVENTS, READ_COUNTS])
    answer = program.get("/api/v1/learners/")
    assert answer["Content-Type"] == "application/problem+json"
    detail = answer.json()["detail"]
    assert "scope read_progress;" in detail and "write_events, read_counts" in detail
    assert "ก" <= api(nok, "th", scopes=[]).get("/api/v1/learners/").json()["detail"][0] <= "๛"


def test_a_token_without_any_scope_reads_what_is_open_to_all(api, nok):
    program = api(nok, scopes=[])
    assert [program.get(f"/api/v1/{path}").status_code for path in ("centres/", "learners/")] == [200, 403]


def test_a_person_on_the_site_needs_no_scopes(nok, address):
    browser = Client()
    browser.force_login(nok)
    assert {browser.get(address(path)).status_code for path in WANTED} == {200}


@pytest.fixture
def nok_of_both(nok, ban_pua, somsri, fah):
    """ครูนก cares for Ban Pua too, and learns there herself."""
    ban_pua.appoint_caretaker(nok)
    ban_pua.welcome(nok)
    return nok


def listed(client, path, name):
    return {row[name] for row in client.get(path).json()["results"]}


def test_a_token_for_one_centre_reads_of_no_other_who_needs_help_what_waits_and_what_was_done(
    api, nok_of_both, hands_on, did, somsri, fah, monkeypatch
):
    monkeypatch.setattr(feed, "CLOCKS_DIFFER", timedelta(0))
    for learner in (somsri, fah, nok_of_both):
        did(learner, hands_on, "task", [0, 1, 2])
    all_of_it, one = api(nok_of_both), api(nok_of_both, centre="TH-32-0001")
    for path, own in (("needs/", {"ครูนก"}), ("tasks/", set())):  # nobody is given their own tasks to look at
        assert listed(all_of_it, f"/api/v1/{path}", "name") == {"ป้าสมศรี", "น้องฟ้า"} | own
        assert listed(one, f"/api/v1/{path}", "name") == {"ป้าสมศรี"}
    everybody = {str(learner.pk) for learner in (somsri, fah, nok_of_both)}
    assert listed(all_of_it, "/api/v1/events/", "learner") == everybody
    assert listed(one, "/api/v1/events/", "learner") == {str(somsri.pk)}
    for client, found in ((all_of_it, everybody), (one, {str(somsri.pk)})):
        statements = client.get("/api/v1/xapi/statements").json()["statements"]
        assert {statement["actor"]["account"]["name"] for statement in statements} == found


def test_a_token_for_one_centre_sees_no_other_in_any_list(api, nok_of_both, course, learn, somsri, fah, write_course):
    write_course("ของบ้านปัว", centre=HomeCentre.objects.get(learner=fah).centre)
    for learner in (somsri, fah, nok_of_both):
        learn(learner, *course.lessons())
    all_of_it, one = api(nok_of_both), api(nok_of_both, centre="TH-32-0001")
    lists = [
        ("/api/v1/learners/", "name"),
        ("/api/v1/progress/", "name"),
        (f"/api/v1/progress/?course={course.key}", "name"),
    ]
    for path, name in lists:
        assert listed(all_of_it, path, name) == {"ป้าสมศรี", "น้องฟ้า", "ครูนก"}
        assert listed(one, path, name) == {"ป้าสมศรี"}
    assert listed(one, "/api/v1/centres/", "code") == {"TH-32-0001"}
    assert len(listed(all_of_it, "/api/v1/courses/", "key")) == 2
    assert listed(one, "/api/v1/courses/", "key") == {str(course.key)}
    for path in (f"learners/{fah.pk}/", f"learners/{nok_of_both.pk}/", "centres/TH-55-0001/"):
        assert (all_of_it.get(f"/api/v1/{path}").status_code, one.get(f"/api/v1/{path}").status_code) == (200, 404)
    counts = one.get("/api/v1/statistics/completions/?by=centre").json()
    assert [row["code"] for row in counts["rows"]] == ["TH-32-0001"]


def test_a_token_for_one_centre_sends_nothing_for_another(api, nok_of_both, somsri, fah, course, event_of):
    first, second = course.lessons()
    one = api(nok_of_both, centre="TH-32-0001")
    events = [
        event_of(somsri, first),
        event_of(fah, first),
        event_of(nok_of_both, first),
        event_of(somsri, second, centre="TH-55-0001"),
    ]
    told = one.post("/api/v1/events/", {"events": events}, content_type="application/json").json()["verdicts"]
    assert [verdict.get("reason", verdict["status"]) for verdict in told] == [
        *("accepted", "unknown_learner", "unknown_learner", "unknown_centre")
    ]


@pytest.mark.parametrize("who", ["nok_of_both", "wipha", "root"])
def test_no_private_row_of_another_centre_is_visible_to_a_token_for_one(request, who, ban_nong_bua, ban_pua, fah, nok):
    user = request.getfixturevalue(who) if who != "root" else type(nok).objects.create_superuser("root", "x" * 12)
    Device.objects.create(centre=ban_pua, name="เครื่อง 9", bound_by=nok)
    DataRequest.objects.create(learner_id=fah.pk, centre=ban_pua, kind="copy")
    AuditEntry.objects.create(actor=user.pk, subject=fah.pk, action="looked", centre=ban_pua)
    user.only_centre = ban_nong_bua.code
    for model in (Learner, HomeCentre, Device, DataRequest, AuditEntry, Membership):
        seen = model.objects.visible_to(user)
        own = {getattr(row, "centre_id", None) or row.home.centre_id for row in seen}
        assert own <= {ban_nong_bua.pk}, model
    for centres in ("visible_to", "run_by", "helped_at_by", "cared_for_by"):
        found = getattr(type(ban_pua).objects, centres)(user)
        assert set(found) <= {ban_nong_bua}, centres


def test_an_officers_token_for_counts_reads_counts_and_no_names(api, wipha, somsri):
    officer = api(wipha, scopes=[READ_COUNTS])
    assert officer.get("/api/v1/statistics/completions/?by=region").status_code == 200
    assert officer.get("/api/v1/learners/").status_code == 403
    assert len(listed(officer, "/api/v1/centres/", "code")) == 1


def test_scope_and_throttle_ask_the_database_nothing(api, nok, ban_nong_bua):
    """One query finds the token; what it may do and how often is known without another."""
    program = api(nok, scopes=[READ_PROGRESS])
    ask = lambda: len(program.get("/api/v1/centres/").json()["results"])  # noqa: E731
    assert queries_for_one_and_for_many(ask, lambda count: None, shown=1) <= 4
    assert ApiToken.objects.count() == 1
