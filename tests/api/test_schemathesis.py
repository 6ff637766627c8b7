"""Whatever a program sends, by the schema or against it, the server does not break."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lms.accounts.models import ApiToken
from lms.wsgi import application

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    "GET /api/v1/centres/",
    "GET /api/v1/centres/{code}/",
    "GET /api/v1/courses/",
    "GET /api/v1/courses/{key}/",
    "GET /api/v1/events/",
    "POST /api/v1/events/",
    "GET /api/v1/learners/",
    "GET /api/v1/learners/{id}/",
    "GET /api/v1/needs/",
    "GET /api/v1/progress/",
    "GET /api/v1/statistics/completions/",
    "GET /api/v1/tasks/",
    "GET /api/v1/today/",
    "GET /api/v1/xapi/statements",
]


@pytest.fixture
def schema(db):
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", application)


@pytest.fixture
def token_for(nok, somsri, course, learn, settings):
    """Of a caretaker whose centre has a learner: with the one scope that the schema says an operation needs."""
    first, second = course.lessons()
    learn(somsri, first)
    learn(somsri, second, verb="started")
    settings.SALA_TOKEN_RATE = 10**9

    def make(operation):
        way = next(way for way in operation.definition.raw["security"] if "token" in way)
        return ApiToken.objects.make(nok, "schemathesis", scopes=way["token"], centre="TH-32-0001")[1]

    return make


def test_every_operation_is_tried(schema):
    found = [result.ok() for result in schema.get_all_operations()]
    assert sorted(f"{operation.method.upper()} {operation.path}" for operation in found) == sorted(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_breaks_the_api_and_it_answers_as_it_says(schema, token_for, operation, mode):
    method, path = operation.split()
    token = token_for(schema[path][method])
    cases = schema[path][method].as_strategy(generation_mode=mode)

    @given(cases)
    @hypothesis_settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        # The test's WSGI client opens no packages.
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        case.call_and_validate(checks=CHECKS, headers=headers)

    call()
