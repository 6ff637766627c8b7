import pytest
from django.contrib.auth.models import Group, Permission

from lms.accounts.models import User
from lms.centres.models import (
    Appointment,
    Centre,
    Membership,
    MinistryPost,
    Programme,
    ProgrammeMembership,
    Subdistrict,
)
from tests.counting import queries_for_one_and_for_many
from tests.many import many_centres, many_staff

NAMES = ["centres", "memberships", "core-members", "ministry-posts", "programmes", "programme-memberships"]
FINDERS = ["people-finder", "centre-finder", "subdistrict-finder"]
OPEN_DATES = {"started_on": "2026-01-01", "ended_on": ""}


@pytest.fixture
def studio(db, client):
    """A browser in which a superuser is signed in."""
    client.force_login(User.objects.create_superuser("admin", name="ผู้ดูแลระบบ"))
    return client


@pytest.fixture
def rows(ban_nong_bua, nok, ek, wipha):
    """One row of each kind, by the name of its screen."""
    lease = Programme.objects.create(code="LEASE", name_th="เช่า", name_en="Lease")
    return {
        "centres": ban_nong_bua,
        "memberships": nok.memberships.get(),
        "core-members": ek.appointments.get(),
        "ministry-posts": wipha.ministry_posts.get(),
        "programmes": lease,
        "programme-memberships": ban_nong_bua.programmes.create(programme=lease),
    }


@pytest.fixture
def local_author(nok):
    """ครูนก, let into the studio to write, and given every permission there is by mistake."""
    group = Group.objects.create(name="authors")
    group.permissions.set(Permission.objects.all())
    nok.groups.add(group)
    return nok


@pytest.mark.parametrize("name", NAMES)
def test_a_superuser_lists_adds_and_edits(studio, rows, name):
    for address in ("", "new/", f"edit/{rows[name].pk}/"):
        page = studio.get(f"/studio/{name}/{address}")
        assert page.status_code == 200, address
    assert str(rows[name]) in page.content.decode()
    assert studio.get(f"/studio/{name}/?q=xyz").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_superuser_sees_every_screen_in_english_too(studio, rows, name):
    assert studio.get(f"/studio/{name}/", headers={"accept-language": "en"}).status_code == 200


@pytest.mark.parametrize("who", ["nok", "local_author", "ek", "wipha", "somsri"])
def test_nobody_else_sees_any_of_it(request, client, rows, who):
    client.force_login(request.getfixturevalue(who))
    for name in NAMES:
        for address in ("", "new/", f"edit/{rows[name].pk}/"):
            assert client.get(f"/studio/{name}/{address}").status_code in (302, 403, 404), (name, address)
    for name in FINDERS:
        for address in ("", "results/", f"chosen/{rows['centres'].pk}/"):
            assert client.get(f"/studio/{name}/{address}").status_code in (302, 403, 404), (name, address)


def test_a_visitor_is_sent_to_sign_in(client, rows):
    assert "sign-in" in client.get("/studio/centres/")["Location"]


def test_a_centre_is_added(studio, subdistrict_of):
    data = {
        "code": "TH-32-0009",
        "name_th": "บ้านใหม่",
        "name_en": "",
        "subdistrict": subdistrict_of("32", "สุรินทร์", "Surin", "NE").pk,
        "host_kind": "temple",
        "status": "open",
        "status_reason": "",
        "opened_on": "",
        "latitude": "",
        "longitude": "",
    }
    wrong = studio.post("/studio/centres/new/", data | {"status": "closed", "code": "ศูนย์", "latitude": "14"})
    assert set(wrong.context["form"].errors) == {"status_reason", "code"}
    assert studio.post("/studio/centres/new/", data).status_code == 302
    assert Centre.objects.get(code="TH-32-0009").name == "บ้านใหม่"


def test_a_caretaker_is_appointed_and_ended(studio, ban_pua, nok):
    data = OPEN_DATES | {"user": nok.pk, "centre": ban_pua.pk, "role": "caretaker"}
    assert studio.post("/studio/memberships/new/", data).status_code == 302
    role = Membership.objects.get(user=nok, centre=ban_pua)
    twice = studio.post("/studio/memberships/new/", data)
    assert twice.status_code == 200 and twice.context["form"].errors
    backwards = studio.post(f"/studio/memberships/edit/{role.pk}/", data | {"ended_on": "2025-01-01"})
    assert set(backwards.context["form"].errors) == {"ended_on"}
    studio.post(f"/studio/memberships/edit/{role.pk}/", data | {"ended_on": "2026-02-01"})
    assert not nok.memberships.in_force().filter(centre=ban_pua).exists()


def test_a_core_member_gets_centres_of_their_region_only(studio, regions, ban_nong_bua, ban_pua, nok):
    data = OPEN_DATES | {"user": nok.pk, "region": regions["NE"].pk, "centres": [ban_nong_bua.pk, ban_pua.pk]}
    page = studio.post("/studio/core-members/new/", data)
    assert set(page.context["form"].errors) == {"centres"}
    studio.post("/studio/core-members/new/", data | {"centres": [ban_nong_bua.pk]})
    assert list(Appointment.objects.get(user=nok).centres.all()) == [ban_nong_bua]


@pytest.mark.parametrize("name", ["centres", "programmes"])
def test_what_learning_hangs_on_is_not_deleted(studio, rows, name):
    studio.post(f"/studio/{name}/delete/{rows[name].pk}/")
    assert type(rows[name]).objects.filter(pk=rows[name].pk).exists()


def test_a_mistaken_entry_is_deleted(studio, rows):
    studio.post(f"/studio/programme-memberships/delete/{rows['programme-memberships'].pk}/")
    assert not ProgrammeMembership.objects.exists()


def test_people_are_found_by_part_of_a_name_or_user_name(studio, thongbai, nok):
    for typed, found in [("ใบ", "ป้าทองใบ"), ("nok", "ครูนก"), ("ครูนก", "ครูนก")]:
        page = studio.get("/studio/people-finder/results/", {"q": typed}).content.decode()
        assert found in page
        assert ("ป้าทองใบ" in page) != ("ครูนก" in page)


def test_subdistricts_and_centres_are_found(studio, ban_nong_bua, ban_pua):
    page = studio.get("/studio/subdistrict-finder/results/", {"q": "3201"}).content.decode()
    assert "320101" in page and "550101" not in page
    page = studio.get("/studio/centre-finder/results/", {"q": "หนองบัว"}).content.decode()
    assert "บ้านหนองบัว" in page and "บ้านปัว" not in page
    assert studio.get(f"/studio/centre-finder/chosen/{ban_pua.pk}/").status_code == 200


@pytest.mark.parametrize("pk", ["x", "0", "86cb3335-9282-4cb6-bf47-06a9e39cb1b7", "9" * 30])
def test_choosing_what_is_not_there_is_not_found(studio, pk):
    for name in FINDERS:
        assert studio.get(f"/studio/{name}/chosen/{pk}/").status_code == 404, name


@pytest.mark.parametrize("odd", ["x", "0", "\0", "9" * 30, "86cb3335-9282-4cb6-bf47-06a9e39cb1b7"])
def test_an_odd_id_in_a_form_is_told_and_changes_nothing(studio, odd):
    form = OPEN_DATES | dict.fromkeys(["user", "centre", "programme", "region", "subdistrict"], odd)
    for name in NAMES:
        page = studio.post(f"/studio/{name}/new/", form)
        assert page.status_code == 200, name
        assert page.context["form"].errors
    assert not Membership.objects.exists()


@pytest.fixture
def add_rows(rows, ban_nong_bua, regions):
    """More of every kind: add_rows(299)."""

    def make(count):
        staff, centres = many_staff(count), many_centres(ban_nong_bua.subdistrict, count)
        programmes = [Programme(code=f"P-{n}", name_th="โครงการ", name_en="Programme") for n in range(count)]
        Programme.objects.bulk_create(programmes)
        Membership.objects.bulk_create(
            Membership(user=user, centre=centre, role="caretaker") for user, centre in zip(staff, centres, strict=True)
        )
        ProgrammeMembership.objects.bulk_create(
            ProgrammeMembership(centre=centre, programme=programme)
            for centre, programme in zip(centres, programmes, strict=True)
        )
        district = ban_nong_bua.subdistrict.district
        Subdistrict.objects.bulk_create(
            Subdistrict(code=f"9{n:05}", district=district, name_th="ในเมือง") for n in range(count)
        )
        MinistryPost.objects.bulk_create(MinistryPost(user=user) for user in staff)
        Appointment.objects.bulk_create(Appointment(user=user, region=regions["NE"]) for user in staff)

    return make


@pytest.mark.parametrize("name", NAMES)
def test_a_list_costs_the_same_queries_for_one_row_and_for_300(studio, add_rows, name):
    def ask():
        return studio.get(f"/studio/{name}/").context["paginator"].count

    assert queries_for_one_and_for_many(ask, add_rows) <= 14


@pytest.mark.parametrize("name", FINDERS)
def test_a_finder_costs_the_same_queries_for_one_row_and_for_300(studio, add_rows, name):
    words = {"people-finder": "ครู", "centre-finder": "ศูนย์", "subdistrict-finder": "ในเมือง"}

    def ask():
        return studio.get(f"/studio/{name}/results/", {"q": words[name]}).context["results"].paginator.count

    assert queries_for_one_and_for_many(ask, add_rows) <= 14
