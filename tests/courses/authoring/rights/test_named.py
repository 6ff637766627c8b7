"""A form cannot name what its author may not choose: it would be shown to them with the form."""

import pytest

from courses.models import LessonPage
from tests.courses.authoring.places import picture


@pytest.fixture
def send(own, studio_of, nok):
    """Nok's form of her draft, with some fields: send(picture=7)."""

    def make(user=nok, preview=False, **fields):
        form = {"title": "ผ้าไหม", "slug": own["draft"].slug, "minutes": "10", "body-count": "0", "licence": "centres",
                "readings-TOTAL_FORMS": "0", "readings-INITIAL_FORMS": "0"}  # fmt: skip
        path = f"/studio/pages/{own['draft'].pk}/edit/" + ("preview/" if preview else "")
        return studio_of(user).post(path, form | fields)

    return make


def block(kind, **value):
    fields = {f"body-0-value-{name}": text for name, text in value.items()}
    return {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": kind, "body-0-id": ""} | fields


@pytest.mark.parametrize("preview", [False, True])
def test_others_pictures_and_documents_are_not_found(own, theirs, send, preview):
    image, file = theirs["image"].pk, theirs["document"].pk
    reading = {"readings-TOTAL_FORMS": "1", "readings-0-block": "", "readings-0-file": file, "readings-0-ORDER": "1"}
    for fields in (
        {"picture": image, "picture_alt": "ภาพ"},
        block("picture", image=image, alt="ภาพ", caption=""),
        block("picture", image=image, alt="", caption=""),  # and has an error besides
        block("document", file=file, title="ไฟล์"),
        reading,
    ):
        assert send(preview=preview, **fields).status_code == 404, fields


def test_ones_own_and_the_nations_are_taken(own, send):
    nations = picture("ภาพของชาติ")
    assert send(picture=nations.pk, picture_alt="ภาพ").status_code == 302
    assert send(**block("picture", image=own["image"].pk, alt="ภาพ", caption="")).status_code == 302


def test_what_a_lesson_had_stays_in_it(own, theirs, send, ek):
    draft = own["draft"]
    draft.picture, draft.picture_alt = theirs["image"], "ภาพ"
    draft.save_revision()
    assert send(picture=theirs["image"].pk, picture_alt="ภาพที่ยืมมา").status_code == 302
    assert LessonPage.objects.get(pk=draft.pk).get_latest_revision_as_object().picture_alt == "ภาพที่ยืมมา"


def test_a_lesson_is_placed_after_a_published_course_of_the_nations(own, theirs, course, send):
    assert send(placed_after=course.pk).status_code == 302
    assert send(placed_after=theirs["course"].pk).status_code == 404


def test_a_reviewer_may_use_the_centres_pictures(own, send, ek):
    assert send(ek, picture=own["image"].pk, picture_alt="ภาพ").status_code == 302
