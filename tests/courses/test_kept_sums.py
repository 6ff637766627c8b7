"""Sums over more than a hundred centres are kept for a minute, with the moment for which they are true."""

import pytest
from django.core.cache import caches
from django.test import Client

from courses.models import CourseCount
from courses.statistics import FEW, completions
from tests.many import many_centres


@pytest.fixture
def one_more_begins(ban_nong_bua, course):
    months = iter(range(202601, 202613))
    return lambda: CourseCount.objects.create(centre=ban_nong_bua, course=course.key, month=next(months), starters=1)


@pytest.fixture
def many(ban_pua):
    return many_centres(ban_pua.subdistrict, FEW)


def test_who_looks_again_within_a_minute_sees_the_same_and_for_when_it_is_true(many, one_more_begins, wipha):
    one_more_begins()
    first = completions(wipha, "region")
    one_more_begins()
    again = completions(wipha, "region")
    assert (first.total.starters, again.total.starters) == (1, 1)
    assert again.made_at == first.made_at
    caches["figures"].clear()  # as after a minute
    later = completions(wipha, "region")
    assert later.total.starters == 2
    assert later.made_at > first.made_at


@pytest.mark.parametrize("figures", ["people", "courses"])
def test_a_file_says_what_the_screen_says_and_for_when(figures, many, one_more_begins, wipha):
    browser = Client()
    browser.force_login(wipha)
    one_more_begins()
    address = f"/ministry/?figures={figures}"
    screen = browser.get(address).context["report"]
    one_more_begins()
    assert browser.get(address).context["report"].made_at == screen.made_at
    sheet = b"".join(browser.get(f"{address}&format=csv")).decode()
    assert screen.made_at.isoformat()[:19] in sheet


def test_another_question_is_not_answered_by_what_is_kept(many, one_more_begins, wipha, course):
    one_more_begins()
    assert completions(wipha, "region").total.starters == 1
    assert completions(wipha, "region", start="2026-02").total.starters is None
    assert completions(wipha, "host_kind", region="N").total.starters is None


def test_nobody_is_told_what_is_kept_for_another(many, one_more_begins, wipha, ek):
    one_more_begins()
    ek.appointments.get().centres.set(many)
    assert completions(wipha, "region").total.starters == 1
    assert completions(ek, "region").total.starters is None


def test_of_few_centres_what_was_done_just_now_is_there(one_more_begins, wipha):
    one_more_begins()
    assert completions(wipha, "region").total.starters == 1
    one_more_begins()
    assert completions(wipha, "region").total.starters == 2
