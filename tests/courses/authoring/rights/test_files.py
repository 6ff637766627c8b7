"""Pictures and documents: a centre's own, the nation's for all to use, and others', which are not found."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.models import CentreFiles
from courses.authoring.file_policy import FilePolicy
from lms.accounts.models import User
from tests.courses.authoring.places import document, picture

SECRET = "บ้านปัว"
KINDS = [("images", get_image_model), ("documents", get_document_model)]


@pytest.fixture
def of_nation(shelf):
    return {"image": picture("ภาพของชาติ"), "document": document("ไฟล์ของชาติ")}


@pytest.fixture
def photo():
    return lambda: SimpleUploadedFile("photo.png", get_test_image_file().file.getvalue(), "image/png")


@pytest.mark.parametrize("kind, model", KINDS)
def test_wagtail_asks_our_policy_for_files(kind, model):
    assert isinstance(policy_registry.get_by_type(model()), FilePolicy)


@pytest.mark.parametrize("kind, model", KINDS)
def test_one_chooses_from_ones_own_and_the_nations(own, theirs, of_nation, nok, studio_of, kind, model):
    client, one = studio_of(nok), kind.removesuffix("s")
    for path in ("results/", "results/?q=ของ"):
        html = client.get(f"/studio/{kind}/chooser/{path}").content.decode()
        assert SECRET not in html
        assert "q=" in path or (own[one].title in html and of_nation[one].title in html)
    assert SECRET not in json.loads(client.get(f"/studio/{kind}/chooser/").content)["html"]
    chosen = f"/studio/{kind}/chooser/chosen-multiple/?id={own[one].pk}&id={of_nation[one].pk}&id={theirs[one].pk}"
    told = json.loads(client.get(chosen).content)["result"]
    assert {int(item["id"]) for item in told} == {own[one].pk, of_nation[one].pk}
    assert client.get(f"/studio/{kind}/chooser/chosen/{of_nation[one].pk}/").status_code == 200


@pytest.mark.parametrize("kind, model", KINDS)
def test_the_nations_files_are_used_and_not_changed_by_authors(own, of_nation, nok, ek, prae, studio_of, kind, model):
    one = kind.removesuffix("s")
    edit = f"/studio/{kind}/" + ("" if kind == "images" else "edit/") + f"{of_nation[one].pk}/"
    assert studio_of(nok).get(edit).status_code == studio_of(ek).get(edit).status_code == 404
    assert studio_of(prae).get(edit).status_code == 200


@pytest.mark.parametrize("kind, model", KINDS)
def test_lists_and_their_search_show_ones_own(own, theirs, of_nation, nok, studio_of, kind, model):
    for path in ("", "results/", "?q=ของ", "results/?q=ของ"):
        html = studio_of(nok).get(f"/studio/{kind}/{path}").content.decode()
        assert SECRET not in html
        assert of_nation[kind.removesuffix("s")].title not in html
    assert own[kind.removesuffix("s")].title in studio_of(nok).get(f"/studio/{kind}/").content.decode()


def collection_of(model, title):
    return model.objects.get(title=title).collection


def test_uploads_go_into_the_centres_own_collection(nok, ban_nong_bua, shelf, studio_of, photo):
    client, image = studio_of(nok), get_image_model()
    client.post("/studio/images/add/", {"title": "หนึ่ง", "file": photo()})
    client.post("/studio/images/multiple/add/", {"title": "สอง", "files[]": photo()})
    fields = {"image-chooser-upload-title": "สาม", "image-chooser-upload-file": photo()}
    client.post("/studio/images/chooser/create/", fields)
    root = Collection.get_first_root_node().pk
    client.post("/studio/images/add/", {"title": "สี่", "file": photo(), "collection": root})
    own = CentreFiles.objects.get(centre=ban_nong_bua).collection
    assert [collection_of(image, title) for title in ("หนึ่ง", "สอง", "สาม", "สี่")] == [own] * 4


def test_a_caretaker_of_two_centres_says_whose_file_it_is(own, theirs, nok, ban_pua, studio_of, photo):
    ban_pua.appoint_caretaker(User.objects.get(pk=nok.pk))
    client, other = studio_of(nok), CentreFiles.objects.get(centre=ban_pua).collection
    client.post("/studio/images/add/", {"title": "ที่ปัว", "file": photo(), "collection": other.pk})
    assert collection_of(get_image_model(), "ที่ปัว") == other


@pytest.mark.parametrize("kind, model", KINDS)
def test_several_at_once_are_ones_own_or_not_found(own, theirs, of_nation, nok, ek, studio_of, kind, model):
    one, client = kind.removesuffix("s"), studio_of(nok)
    path = f"/studio/bulk/{model()._meta.app_label}/{one}/delete/?"
    for others in (theirs[one].pk, of_nation[one].pk, "x", 9**12):
        assert client.post(f"{path}id={own[one].pk}&id={others}").status_code == 404
    assert client.get(path).status_code == 404
    assert studio_of(ek).post(f"{path}id={own[one].pk}").status_code == 404
    assert client.post(f"{path}id=all").status_code == 302
    assert set(model().objects.all()) == {theirs[one], of_nation[one]}


def test_pages_are_not_done_several_at_once(own, nok, studio_of):
    path = f"/studio/bulk/wagtailcore/page/delete/?id={own['draft'].pk}"
    assert studio_of(nok).post(path).status_code == 404
    for shown in (f"{own['course'].pk}/", "search/?q=draft"):
        assert "data-bulk-action-checkbox" not in studio_of(nok).get(f"/studio/pages/{shown}").content.decode()


def test_what_uses_a_picture_is_named_to_those_who_may_see_it(own, theirs, nok, studio_of):
    lesson = theirs["lesson"]
    lesson.picture, lesson.picture_alt = own["image"], "ภาพ"
    lesson.save()
    html = studio_of(nok).get(f"/studio/images/usage/{own['image'].pk}/").content.decode()
    assert SECRET not in html


def test_a_collection_below_a_centres_is_the_centres_too(own, theirs, nok, kham):
    below = CentreFiles.objects.get(collection=own["image"].collection).collection.add_child(name="ภาพเก่า")
    old = picture("ภาพเก่า", below)
    policy = policy_registry.get_by_type(get_image_model())
    assert policy.user_has_permission_for_instance(nok, "change", old)
    assert not policy.user_has_permission_for_instance(kham, "choose", old)


def told(action, file):
    policy = policy_registry.get_by_type(get_image_model())
    return {user.username for user in policy.users_with_permission_for_instance(action, file)}


def test_who_may_do_what_with_a_picture(own, theirs, of_nation, nok, kham, ek, prae, somsri):
    assert told("change", own["image"]) == {"nok"}
    assert told("choose", own["image"]) == {"nok", "ek"}
    assert told("choose", theirs["image"]) == {"kham", "prae"}
    assert told("change", of_nation["image"]) == {"prae"}
    assert told("choose", of_nation["image"]) == {"nok", "kham", "ek", "prae"}


def test_learners_and_officers_choose_nothing(own, of_nation, somsri, wipha):
    policy = policy_registry.get_by_type(get_image_model())
    for person in (somsri, wipha):
        assert not policy.user_has_any_permission(person, ["add", "change", "choose"])
        assert not policy.instances_user_has_permission_for(person, "choose").exists()
