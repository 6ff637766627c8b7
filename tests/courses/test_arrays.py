"""Many numbers go to the database as one."""

import pytest

from courses.progress.arrays import Among
from lms.centres.models import Centre

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_would_find(ban_nong_bua, ban_pua):
    for numbers in ([], [ban_pua.pk], [ban_pua.pk, ban_nong_bua.pk, 0], range(-5, 5)):
        assert set(Centre.objects.filter(Among("pk", numbers))) == set(Centre.objects.filter(pk__in=numbers))


def test_among_takes_more_numbers_than_a_statement_may_have_parameters(ban_pua):
    numbers = range(ban_pua.pk, ban_pua.pk + 260_000)
    assert list(Centre.objects.filter(Among("pk", numbers))) == [ban_pua]
