"""Who looks at the ministry's pages."""

from datetime import date

import pytest
from django.test import Client

from courses.models import ANY_COURSE, AgeCount


@pytest.fixture
def officer(wipha):
    browser = Client()
    browser.force_login(wipha)
    return browser


@pytest.fixture
def on(monkeypatch):
    """on(2026, 11, 1): from now on this is the day."""

    def it_is(*day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(*day))

    return it_is


@pytest.fixture
def counted():
    """counted("32", "60+", 7): so many were active in one month of the fiscal year 2569."""

    def make(province, age, active, month=202603, course=ANY_COURSE, **more):
        figures = {"active": active, "joined": active} | more
        AgeCount.objects.create(course=course, month=month, province_id=province, age_band=age, **figures)

    return make
