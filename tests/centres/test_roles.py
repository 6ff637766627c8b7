from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from lms.accounts.models import User
from lms.centres.models import Appointment, Centre, Device, Learner, Membership, MinistryPost


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def tomorrow(today):
    return today + timedelta(days=1)


@pytest.fixture
def yesterday(today):
    return today - timedelta(days=1)


@pytest.fixture
def village(ban_nong_bua, ban_pua, somsri, thongbai, fah, nok, kham):
    """Both centres with their learners, caretakers and one machine each."""
    for centre, caretaker in ((ban_nong_bua, nok), (ban_pua, kham)):
        Device.objects.create(centre=centre, name="เครื่อง 1", bound_by=caretaker)
    Device.objects.create(centre=ban_nong_bua, name="เครื่อง 2", bound_by=nok)


def sight(user):
    """What a person sees: centres, and how many learners and machines; and the centres they care for."""
    return {
        "centres": sorted(Centre.objects.visible_to(user).values_list("name_en", flat=True)),
        "learners": Learner.objects.visible_to(user).count(),
        "devices": Device.objects.visible_to(user).count(),
        "cares for": sorted(Centre.objects.cared_for_by(user).values_list("name_en", flat=True)),
    }


NOTHING = {"centres": [], "learners": 0, "devices": 0, "cares for": []}
ALL_OF_NONG_BUA = {"centres": ["Ban Nong Bua"], "learners": 2, "devices": 2, "cares for": ["Ban Nong Bua"]}


def test_a_visitor_sees_nothing(village):
    assert sight(AnonymousUser()) == NOTHING


def test_somebody_without_a_role_sees_nothing(village):
    assert sight(User.objects.create_user("new")) == NOTHING


def test_learners_see_themselves_and_their_home(village, somsri):
    assert sight(somsri) == NOTHING | {"centres": ["Ban Nong Bua"], "learners": 1}
    assert list(Learner.objects.visible_to(somsri)) == [somsri]


def test_helpers_see_no_more_than_learners(village, ban_nong_bua, somsri):
    ban_nong_bua.memberships.create(user=somsri, role="helper")
    assert sight(somsri) == NOTHING | {"centres": ["Ban Nong Bua"], "learners": 1}


def test_caretakers_see_everything_of_their_centre_and_nothing_of_another(village, nok, kham):
    assert sight(nok) == ALL_OF_NONG_BUA
    assert sight(kham) == {"centres": ["Ban Pua"], "learners": 1, "devices": 1, "cares for": ["Ban Pua"]}


def test_a_caretaker_who_learns_elsewhere_sees_themselves_there(village, nok, ban_pua):
    ban_pua.welcome(nok)
    assert sight(nok) == ALL_OF_NONG_BUA | {"centres": ["Ban Nong Bua", "Ban Pua"], "learners": 3}


def test_a_role_holds_through_its_last_day(village, nok, today, yesterday):
    nok.memberships.update(started_on=yesterday, ended_on=today)
    assert sight(nok) == ALL_OF_NONG_BUA
    nok.memberships.update(ended_on=yesterday)
    assert sight(nok) == NOTHING


def test_a_role_that_starts_tomorrow_does_not_hold_today(village, ban_pua, nok, tomorrow):
    ban_pua.appoint_caretaker(nok, started_on=tomorrow)
    assert sight(nok) == ALL_OF_NONG_BUA
    assert nok.memberships.in_force(on=tomorrow).count() == 2


def test_core_members_see_the_centres_they_look_after(village, ek):
    assert sight(ek) == ALL_OF_NONG_BUA


def test_core_members_see_no_other_centre_of_their_region(village, ek):
    ek.appointments.get().centres.clear()
    assert sight(ek) == NOTHING


def test_a_core_member_with_two_appointments_sees_each_centre_once(village, ek, regions, ban_nong_bua):
    ek.appointments.create(region=regions["NE"]).centres.add(ban_nong_bua)
    assert sight(ek) == ALL_OF_NONG_BUA


def test_a_core_members_appointment_ends_like_any_role(village, ek, yesterday, tomorrow):
    ek.appointments.update(ended_on=yesterday, started_on=yesterday)
    assert sight(ek) == NOTHING
    ek.appointments.update(ended_on=None, started_on=tomorrow)
    assert sight(ek) == NOTHING


def test_an_appointment_without_centres_takes_nothing_from_a_caretaker(village, nok, regions):
    nok.appointments.create(region=regions["NE"])
    assert sight(nok) == ALL_OF_NONG_BUA
    assert Centre.objects.exclude(pk__in=Centre.objects.cared_for_by(nok)).count() == 1


def test_the_ministry_sees_all_centres_and_no_names(village, wipha):
    assert sight(wipha) == NOTHING | {"centres": ["Ban Nong Bua", "Ban Pua"]}


def test_a_ministry_post_ends_like_any_role(village, wipha, yesterday):
    wipha.ministry_posts.update(started_on=yesterday, ended_on=yesterday)
    assert sight(wipha) == NOTHING


def test_a_superuser_sees_everything_and_cares_for_nobody(village):
    admin = User.objects.create_superuser("admin")
    assert sight(admin) == {"centres": ["Ban Nong Bua", "Ban Pua"], "learners": 3, "devices": 3, "cares for": []}


def roles_seen_by(user):
    models = Membership, Appointment, MinistryPost
    return sorted(str(role) for model in models for role in model.objects.visible_to(user))


def test_people_see_their_own_roles_and_the_work_at_the_centres_they_look_after(village, nok, kham, ek, wipha, somsri):
    own = {"nok": [str(nok.memberships.get())], "kham": [str(kham.memberships.get())]}
    assert roles_seen_by(nok) == own["nok"]
    assert roles_seen_by(kham) == own["kham"]
    assert roles_seen_by(ek) == sorted([*own["nok"], str(ek.appointments.get())])
    assert roles_seen_by(wipha) == [str(wipha.ministry_posts.get())]
    assert roles_seen_by(somsri) == roles_seen_by(AnonymousUser()) == []
    assert len(roles_seen_by(User.objects.create_superuser("admin"))) == 4


def test_only_people_with_a_home_centre_are_learners(village, somsri, nok, ek, wipha):
    assert set(Learner.objects.values_list("name", flat=True)) == {"ป้าสมศรี", "ป้าทองใบ", "น้องฟ้า"}


@pytest.mark.parametrize("who, queries", [("nok", 1), ("ek", 1), ("somsri", 1), ("wipha", 1)])
def test_sight_costs_the_same_for_one_centre_and_for_many(
    request, who, queries, regions, subdistrict_of, django_assert_num_queries
):
    person = request.getfixturevalue(who)
    subdistrict = subdistrict_of("32", "สุรินทร์", "Surin", "NE")
    appointment = person.appointments.create(region=regions["NE"])
    for n in range(40):
        centre = Centre.objects.create(code=f"X-{n}", name_th="ศูนย์", subdistrict=subdistrict, host_kind="temple")
        centre.appoint_caretaker(person)
        appointment.centres.add(centre)
    with django_assert_num_queries(1 + queries):  # the first asks for a ministry post
        assert len(Centre.objects.visible_to(person)) > 1
    with django_assert_num_queries(2):
        list(Learner.objects.visible_to(person))
        list(Device.objects.visible_to(person))


def test_ending_twice_keeps_the_earlier_day(nok, yesterday, today, tomorrow):
    role = nok.memberships.get()
    same_role = nok.memberships.get()
    role.end(on=yesterday)
    same_role.end()
    assert same_role.ended_on == yesterday
    assert nok.memberships.get().ended_on == yesterday


def test_a_planned_end_can_be_brought_forward(nok, today, tomorrow):
    role = nok.memberships.get()
    role.end(on=tomorrow)
    role.end()
    assert nok.memberships.get().ended_on == today


def test_a_role_cannot_end_before_it_started(nok):
    role = nok.memberships.get()
    role.ended_on = role.started_on - timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        role.full_clean()
    assert list(refusal.value.message_dict) == ["ended_on"]


def test_appointing_a_caretaker_twice_keeps_the_first_day(ban_nong_bua, nok, yesterday):
    nok.memberships.update(started_on=yesterday)
    assert ban_nong_bua.appoint_caretaker(nok).started_on == yesterday
    assert nok.memberships.count() == 1


def test_a_caretaker_can_come_back(ban_nong_bua, nok, yesterday):
    nok.memberships.update(started_on=yesterday, ended_on=yesterday)
    ban_nong_bua.appoint_caretaker(nok)
    assert nok.memberships.count() == 2
    assert list(Centre.objects.cared_for_by(nok)) == [ban_nong_bua]


@pytest.mark.django_db
def test_nobody_holds_one_role_at_one_centre_twice_at_once(ban_nong_bua, nok):
    with pytest.raises(IntegrityError):
        Membership.objects.create(user=nok, centre=ban_nong_bua, role="caretaker")
