"""Who gets in, what they are told when they do not, and the pages about the API."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from lms.accounts.models import ApiToken

ADDRESSES = [
    "courses/",
    "centres/",
    "learners/",
    "progress/",
    "statistics/completions/?by=region",
    "learners/019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11/",
    "courses/019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11/",
    "centres/TH-32-0001/",
]


def is_problem(answer, status):
    body = answer.json()
    return (
        answer.status_code == status == body["status"]
        and answer["Content-Type"] == "application/problem+json"
        and body["title"]
        and body["detail"]
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_visitors_are_asked_for_a_token(db, address):
    answer = Client().get(f"/api/v1/{address}")
    assert is_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("token", ["", "sala_unknown", "\xe0\xb8\x81", "a b", "x" * 5000])
def test_a_token_that_nobody_made_opens_nothing(db, address, token):
    assert is_problem(Client(headers={"Authorization": f"Bearer {token}"}).get(f"/api/v1/{address}"), 401)


def test_revoked_and_expired_tokens_and_those_of_people_who_left_open_nothing(nok, api):
    program = api(nok)
    assert program.get("/api/v1/centres/").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert is_problem(program.get("/api/v1/centres/"), 401)
    ApiToken.objects.update(expires_at=None, revoked_at=timezone.now())
    assert is_problem(program.get("/api/v1/centres/"), 401)
    ApiToken.objects.update(revoked_at=None)
    nok.is_active = False
    nok.save()
    assert is_problem(program.get("/api/v1/centres/"), 401)


def test_a_page_of_ours_needs_no_token(nok):
    browser = Client()
    browser.force_login(nok)
    assert browser.get("/api/v1/learners/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_lists_are_only_read(api, nok, method, address):
    assert is_problem(getattr(api(nok), method)(f"/api/v1/{address}"), 405)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense"])
def test_a_form_we_do_not_have_is_a_problem(api, nok, accept):
    assert is_problem(api(nok).get("/api/v1/centres/", headers={"Accept": accept}), 406)


PROBLEMS = [
    (401, "GET", "centres/", {"Authorization": ""}, "Bearer sala_"),
    (404, "GET", "centres/nowhere/", {}, ""),
    (405, "POST", "centres/", {}, "GET, HEAD"),
    (405, "PUT", "events/", {}, "POST"),
    (406, "GET", "centres/", {"Accept": "text/html"}, "application/json, text/csv"),
    (415, "POST", "events/", {"Content-Type": "text/plain"}, "application/json"),
    (415, "POST", "events/", {"Content-Type": "application/json", "Content-Encoding": "br"}, "gzip"),
    (400, "POST", "events/", {"Content-Type": "application/json"}, "JSON"),
    (400, "GET", "progress/?course=sewing", {}, "UUID"),
    (400, "GET", "learners/?q=%00", {}, ""),
    (400, "GET", "learners/?state=asleep", {}, ""),
]


@pytest.mark.parametrize(("status", "method", "address", "headers", "hint"), PROBLEMS)
def test_a_problem_says_what_to_do_in_the_callers_language(api, nok, status, method, address, headers, hint):
    said = {}
    for language in ("th", "en"):
        answer = api(nok, language).generic(method, f"/api/v1/{address}", b"x", headers=headers, content_type="")
        assert is_problem(answer, status)
        said[language] = answer.json()
        assert hint in said[language]["detail"]
    for name in ("title", "detail"):
        assert re.search("[ก-ฮ]", said["th"][name]) and not re.search("[ก-ฮ]", said["en"][name]), name
        assert "{" not in said["en"][name].replace('{"events"', "")


def test_a_page_without_its_csrf_token_is_told_what_to_send(nok):
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    browser.force_login(nok)
    answer = browser.post("/api/v1/events/", {"events": []}, content_type="application/json")
    assert is_problem(answer, 403)
    assert "X-CSRFToken" in answer.json()["detail"]


def test_browsers_that_take_anything_get_json(api, nok):
    answer = api(nok).get("/api/v1/centres/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "address",
    ["/api/", "/api/v1/nothing/", "/api/v2/courses/", "/api/v1/courses/x/y/", "/api/v1/learners/7/", "/api/v1/x.php"],
)
def test_an_unknown_address_is_a_problem_and_never_a_page(api, nok, shelf, address):
    assert is_problem(api(nok).get(address), 404)
    assert is_problem(Client().get(address), 404)


def test_the_api_begins_with_a_list_of_what_there_is(db):
    index = Client().get("/api/v1/").json()
    assert index["learners"] == "http://testserver/api/v1/learners/"
    assert index["completions"].endswith("/statistics/completions/")


def test_the_schema_is_valid_openapi_and_complete(capsys):
    call_command("spectacular", validate=True, fail_on_warn=True, file="/dev/null")


def test_the_schema_tells_the_version_and_every_address(db):
    schema = Client().get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    assert schema["openapi"].startswith("3.1")
    assert {path for path in schema["paths"] if "{" not in path} == {
        "/api/v1/courses/",
        "/api/v1/centres/",
        "/api/v1/learners/",
        "/api/v1/progress/",
        "/api/v1/needs/",
        "/api/v1/tasks/",
        "/api/v1/today/",
        "/api/v1/events/",
        "/api/v1/statistics/completions/",
        "/api/v1/xapi/statements",
    }


def test_examples_in_the_schema_are_what_it_says(db):
    schema = Client().get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    seen = set()
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            for said in [operation.get("requestBody", {}), *operation["responses"].values()]:
                for media in said.get("content", {}).values():
                    for example in media.get("examples", {}).values():
                        # As OpenAPI 3.1 has it: a schema is JSON Schema, and its references start at the whole.
                        whole = {"$ref": "#/example", "example": media["schema"], "components": schema["components"]}
                        Draft202012Validator(whole, format_checker=FormatChecker()).validate(example["value"])
                        seen.add(path)
    assert seen == set(schema["paths"])


@pytest.mark.parametrize("question", ["version=a%0Ab", "version=%00", "version=%E2%80%A8", "version=2", "lang=xx"])
def test_the_schema_refuses_what_it_does_not_know(db, question):
    assert is_problem(Client(raise_request_exception=False).get(f"/api/v1/schema/?{question}"), 400)


def test_the_page_to_try_it_out_runs_no_script_of_its_own(db):
    page = Client().get("/api/v1/docs/")
    assert page.status_code == 200
    assert "script-src" not in page["Content-Security-Policy"]  # so that default-src 'self' holds for scripts
    assert "<script>" not in page.content.decode()
    assert "https://" not in page.content.decode().replace("https://testserver", "")
    script = Client().get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert b"/api/v1/schema/" in script.content


def test_make_token_prints_it_once_and_it_works(nok, capsys):
    call_command("make_token", "nok", name="report", days=30)
    text = capsys.readouterr().out.strip()
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/centres/").status_code == 200
    token = ApiToken.objects.get()
    assert (token.name, text in str(token.__dict__)) == ("report", False)
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)


def test_make_token_needs_somebody_who_may_still_sign_in(nok, capsys):
    with pytest.raises(CommandError):
        call_command("make_token", "nobody")
    nok.is_active = False
    nok.save()
    with pytest.raises(CommandError):
        call_command("make_token", "nok")
    with pytest.raises(CommandError):
        call_command("make_token", "nok", days=0)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("broken", ["nok\udcff", "\udcff"])
def test_make_token_says_so_when_an_argument_is_no_text(nok, broken):
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("make_token", broken)
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("make_token", "nok", name=broken)
    assert not ApiToken.objects.exists()


def test_revoke_token_ends_those_with_the_name_and_says_which(nok, api, capsys):
    (_old, lost), (_new, kept) = ApiToken.objects.make(nok, "lost laptop"), ApiToken.objects.make(nok, "report")
    call_command("revoke_token", "nok", list=True)
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == ["lost laptop", "report"]
    call_command("revoke_token", "nok", name="lost laptop")
    assert capsys.readouterr().out.startswith("lost laptop: made 20")
    answers = [
        Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/centres/").status_code for text in (lost, kept)
    ]
    assert answers == [401, 200]


def test_revoke_token_ends_all_of_a_person_and_nobody_elses(nok, kham):
    for user in (nok, nok, kham):
        ApiToken.objects.make(user, "report")
    call_command("revoke_token", "nok", all=True)
    assert [token.user for token in ApiToken.objects.usable()] == [kham]


@pytest.mark.parametrize(
    "arguments", [["nobody", "--all"], ["nok", "--name", "other"], ["nok"], ["nok\udcff", "--all"]]
)
def test_revoke_token_says_when_there_is_nothing_to_revoke(nok, arguments):
    ApiToken.objects.make(nok, "report")
    with pytest.raises(CommandError):
        call_command("revoke_token", *arguments)
    assert ApiToken.objects.usable().count() == 1
