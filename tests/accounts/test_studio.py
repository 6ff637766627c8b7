import pytest
from wagtail.images.tests.utils import get_test_image_file
from wagtail.users.models import UserProfile

from lms.accounts.models import User
from tests.counting import queries_for_one_and_for_many
from tests.many import many_staff

LIST, ADD = "/studio/users/", "/studio/users/new/"
NEW_STAFF = {
    "username": "sri",
    "name": "ครูศรี",
    "family_name": "",
    "language": "th",
    "email": "",
    "password1": "a-long-password-9",
    "password2": "a-long-password-9",
}


@pytest.fixture
def admin(db):
    return User.objects.create_superuser("admin", "password-of-admin", name="ผู้ดูแลระบบ")


@pytest.fixture
def studio(admin, client):
    """A browser in which a superuser is signed in."""
    client.force_login(admin)
    return client


def test_staff_are_listed_and_learners_are_not(studio, nok, somsri):
    page = studio.get(LIST)
    assert page.status_code == 200
    assert "ครูนก" in page.content.decode()
    assert "ป้าสมศรี" not in page.content.decode()


def test_staff_are_found_by_any_part_of_their_name(studio, nok, ek):
    page = studio.get(LIST, {"q": "นก"}).content.decode()
    assert "ครูนก" in page
    assert "พี่เอก" not in page


def test_the_list_costs_the_same_queries_for_one_row_and_for_300(studio):
    def ask():
        return studio.get(LIST).context["paginator"].count

    assert queries_for_one_and_for_many(ask, many_staff) <= 12


def test_a_member_of_staff_is_added_with_one_name_and_no_e_mail(studio):
    assert studio.get(ADD).status_code == 200
    assert studio.post(ADD, NEW_STAFF).status_code == 302
    sri = User.objects.get(username="sri")
    assert (sri.name, sri.email, sri.is_superuser) == ("ครูศรี", "", False)
    assert sri.check_password("a-long-password-9")


@pytest.mark.parametrize(
    "wrong", [{"username": ""}, {"name": ""}, {"password2": "other"}, {"password1": "1", "password2": "1"}]
)
def test_what_is_missing_or_too_easy_is_told(studio, wrong):
    page = studio.post(ADD, NEW_STAFF | wrong)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not User.objects.filter(username="sri").exists()


def test_a_user_name_is_given_once(studio, nok):
    page = studio.post(ADD, NEW_STAFF | {"username": "nok"})
    assert "username" in page.context["form"].errors


def test_a_member_of_staff_is_changed_and_locked_out(studio, nok):
    address = f"/studio/users/edit/{nok.pk}/"
    assert studio.get(address).status_code == 200
    data = {"username": "nok", "name": "ครูนกใหม่", "family_name": "", "language": "en", "email": ""}
    assert studio.post(address, data).status_code == 302
    nok.refresh_from_db()
    assert (nok.name, nok.language, nok.is_active) == ("ครูนกใหม่", "en", False)
    assert nok.check_password("password-of-nok")


def test_superusers_cannot_lock_themselves_out(studio, admin):
    page = studio.get(f"/studio/users/edit/{admin.pk}/")
    assert {"is_active", "is_superuser"}.isdisjoint(page.context["form"].fields)


def test_nobody_is_deleted_in_the_studio(studio, nok):
    studio.post(f"/studio/users/delete/{nok.pk}/")
    assert User.objects.filter(pk=nok.pk).exists()
    assert "delete" not in studio.get(f"/studio/users/edit/{nok.pk}/").content.decode().split("<main")[1]


def test_ones_own_page_asks_for_the_names_we_keep(studio, admin):
    page = studio.get("/studio/account/")
    assert page.status_code == 200
    assert "first_name" not in page.content.decode()
    assert "family_name" in page.content.decode()


def test_nobody_gives_a_picture_of_themselves(studio, admin, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert 'type="file"' not in studio.get("/studio/account/").content.decode()
    avatar = get_test_image_file()
    studio.post("/studio/account/", {"name_email-name": "ผู้ดูแล", "name_email-language": "th", "avatar-avatar": avatar})
    assert not UserProfile.objects.exclude(avatar="").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("who", ["nok", "ek", "wipha", "somsri"])
@pytest.mark.parametrize("address", [LIST, ADD, "/studio/groups/"])
def test_others_do_not_see_staff(request, client, who, address):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address).status_code in (302, 403, 404)
