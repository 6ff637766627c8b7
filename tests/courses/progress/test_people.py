"""People are counted once, whatever they did, in whatever order we heard of it, and whatever was put right since."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from courses import people
from courses.models import AgeCount, Certificate, CountedPerson, PeopleCount, SigningKey
from courses.progress import certifying, rebuild, record
from courses.progress.recounting import recount
from lms.accounts.models import User
from lms.centres.merging import merge
from lms.centres.models import Centre, HomeCentre, Province
from lms.network.erasing import erase
from tests.courses.progress.conftest import NOON, left_behind
from tests.courses.progress.naive import people_of
from tests.courses.progress.stories import DAY, PROPERTY, stories, told

MONTHS = [202510, 202609, 202610, 202611]
ACTS = st.sampled_from(["learn", "learn", "age", "home", "certificate"])


@pytest.fixture
def key(db):
    return SigningKey.objects.create(kid="k", public=b"", sealed=b"", made_at=NOON)


@st.composite
def lives(draw):
    """Events in batches and, between them, other things: (act, person, number, days before now)."""
    few, days = st.integers(0, 2), st.integers(-400, 0)
    return draw(stories()), draw(st.lists(st.tuples(ACTS, few, few, days), max_size=12)), draw(st.integers(1, 5))


def live(world, life):
    """Let it happen."""
    story, acts, size = life
    events = told(world, story)
    for act, person, number, days in acts:
        if act == "learn":
            record(events[:size], by=world.sender)
            events = events[size:]
        else:
            ACT[act](world, world.people[person], number, days)
    record(events, by=world.sender)


def _other_age(world, person, number, days):
    person = User.objects.get(pk=person.pk)
    person.age_band = ["", "20-39", "60+"][number]
    person.save()


def _other_home(world, person, number, days):
    Centre.objects.order_by("pk")[number % 2].welcome(person)


def _certificate(world, person, number, days):
    """A new one for a course, in place of the one before it."""
    course = world.lessons[number].course
    with certifying(person):
        Certificate.objects.of(person).filter(course=course, revoked_at=None).update(revoked_at=NOON)
        issued_at = NOON + timedelta(days=days)
        Certificate.objects.create(
            learner=person,
            course=course,
            number=f"{person.pk.hex[-12:]} {Certificate.objects.count()}",
            minutes=1,
            centre=Centre.objects.order_by("pk")[number % 2],
            finished_at=issued_at,
            issued_at=issued_at,
            key_id="k",
        )


ACT = {"age": _other_age, "home": _other_home, "certificate": _certificate}


def counted(first, last, course=None):
    """What the counts say, by (figure, place), and by (figure, province, age band)."""
    centres, ages = Counter(), Counter()
    for centre, found in people.by_centre(Centre.objects.values_list("pk", flat=True), first, last, course).items():
        centres.update({(name, centre): getattr(found, name) for name in people.NAMES})
    for province in Province.objects.all():
        for band, found in people.by_age([province], first, last, course).items():
            ages.update({(name, province.pk, band): getattr(found, name) for name in people.NAMES})
    return +centres, +ages


def expected(first, last, course=None):
    centres, ages = Counter(), Counter()
    province = {centre.pk: centre.province_code for centre in Centre.objects.all()}
    for (figure, centre, band), number in people_of(first, last, course).items():
        centres[figure, centre] += number
        ages[figure, province[centre], band] += number
    return centres, ages


@settings(PROPERTY, max_examples=25)
@given(life=lives(), data=st.data())
def test_everybody_counts_once_in_any_period(world, key, life, data):
    first, last = sorted(data.draw(st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)), label="period"))
    course = data.draw(st.sampled_from([None, *{lesson.course for lesson in world.lessons}]), label="course")
    with transaction.atomic():
        live(world, life)
        found = counted(first, last, course)
        assert found == expected(first, last, course)
        assert rebuild(check=True) == []
        assert recount(check=True) == []
        erase(data.draw(st.sampled_from(world.people), label="erased"), world.sender)
        assert counted(first, last, course) == found
        assert rebuild(check=True) == []
        transaction.set_rollback(True)


def test_who_learns_in_two_courses_and_three_months_is_one_person(somsri, world, event):
    record([event(somsri, lesson, minutes=day * DAY) for lesson in world.lessons for day in (-60, -30, 0)], by=somsri)
    here = [somsri.home.centre_id]
    assert people.people(here, 202609, 202611) == people.People(joined=2, starters=1, active=1)
    assert people.people(here, 202610, 202611) == people.People(joined=2, active=1)
    assert people.people(here, 202609, 202610, course=world.lessons[0].course) == people.People(starters=1, active=1)
    by_month = people.by_month(here, 202610, 202611)
    assert {month: found.active for month, found in by_month.items()} == {202610: 1, 202611: 1}
    assert people.people(here).active == 1


def test_what_comes_late_moves_who_follows_it(somsri, lessons, event, ban_nong_bua):
    for days in (0, -80, -30):
        record([event(somsri, lessons[0], minutes=days * DAY)], by=somsri)
    kept = PeopleCount.objects.filter(course=UUID(int=0), active=1).order_by("month")
    assert list(kept.values_list("month", "previous")) == [(202609, 0), (202610, 202609), (202611, 202610)]


def test_at_several_centres_in_a_month_somebody_counts_at_one(somsri, nok, lessons, event, ban_nong_bua, ban_pua):
    ban_pua.appoint_caretaker(nok)
    for centre in (ban_pua, ban_nong_bua):
        record([event(somsri, lessons[0], centre=centre.code)], by=nok)
    found = people.by_centre([ban_nong_bua.pk, ban_pua.pk], 202611, 202611)
    assert {pk: each.active for pk, each in found.items()} == {ban_nong_bua.pk: 1, ban_pua.pk: 0}
    assert people.people([ban_pua.pk], 202611, 202611).active == 0


def test_who_was_given_a_home_joined_there_and_stays_so_when_they_move(somsri, learner_at, ban_nong_bua, ban_pua):
    person = User.objects.create_user(name="ป้าแก้ว", date_joined=NOON - timedelta(days=60))
    assert not CountedPerson.objects.filter(pk=person.pk).exists()
    HomeCentre.objects.bulk_create([HomeCentre(learner=person, centre=ban_nong_bua)])
    assert people.people([ban_nong_bua.pk], 202609, 202609).joined == 1
    ban_pua.welcome(person)
    assert people.people([ban_nong_bua.pk], 202609, 202609).joined == 1
    assert people.people([ban_pua.pk], 202609, 202609).joined == 0
    merge(ban_pua, ban_nong_bua)
    assert rebuild(check=True) == []
    person.delete()
    assert people.people([ban_nong_bua.pk], 202609, 202609).joined == 0
    assert rebuild(check=True) == []


def test_another_age_takes_along_what_was_counted(somsri, lessons, event):
    record([event(somsri, lesson, "finished") for lesson in lessons], by=somsri)
    before = people.by_age(["32"])["40-59"]
    person = User.objects.get(pk=somsri.pk)
    person.age_band = "60+"
    person.save(update_fields=["age_band"])
    assert before == people.People(joined=1, starters=1, active=1, finishers=1)
    assert people.by_age(["32"]) == {"40-59": people.People(), "60+": before}


def test_people_from_before_the_counts_are_counted_by_rebuilding(somsri, nok, lessons, event):
    record([event(somsri, lesson, "finished") for lesson in lessons], by=somsri)
    right = left_behind()
    for model in (PeopleCount, AgeCount, CountedPerson):
        model.objects.all().delete()
    assert rebuild(check=True) != []
    rebuild()
    assert left_behind() == right


def test_all_figures_are_one_query(somsri, lessons, event, django_assert_num_queries, ban_nong_bua, ban_pua):
    record([event(somsri, lessons[0])], by=somsri)
    with django_assert_num_queries(1):
        people.by_centre([ban_nong_bua.pk, ban_pua.pk], 202601, 202612)
