"""What two villages have in the studio: a course, a lesson that is read and one that is not yet, pictures and files."""

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, UploadedFile

from cms.models import CentreFiles
from courses.authoring.bank.forms import make
from courses.authoring.drafts import local_course, make_draft
from courses.models import CoursePage, LessonImport, LessonPage, LessonReview, ReviewComment
from lms.accounts.models import User


def village(centre, caretaker):
    """{what an address names: its key}, of one centre."""
    course = local_course(centre, caretaker)
    course.get_latest_revision().publish()
    draft = make_draft(course, caretaker, title=f"ฉบับร่างของ{centre.name_th}")
    lesson = make_draft(course, caretaker, title=f"บทของ{centre.name_th}")
    lesson.get_latest_revision().publish()
    LessonPage.objects.filter(pk=lesson.pk).update(offered_at=timezone.now())
    review = LessonReview.objects.create(lesson=draft, revision=draft.get_latest_revision(), submitted_by=caretaker)
    collection = CentreFiles.objects.collection_of(centre)
    return {
        "caretaker": caretaker,
        "course": CoursePage.objects.get(pk=course.pk),
        "lesson": LessonPage.objects.get(pk=lesson.pk),
        "draft": draft,
        "review": review,
        "comment": ReviewComment.objects.create(review=review, words="ดี"),
        "import": LessonImport.objects.create(centre=centre, made_by=caretaker, file_name="a.pptx", state="failed"),
        "question": _question(centre, caretaker),
        "image": picture(f"ภาพของ{centre.name_th}", collection),
        "document": document(f"ไฟล์ของ{centre.name_th}", collection),
        "image_upload": _upload(get_image_model(), caretaker),
        "document_upload": _upload(get_document_model(), caretaker),
    }


def picture(title, collection=None):
    """In a centre's collection, or in none: the nation's."""
    collection = collection or Collection.get_first_root_node()
    return get_image_model().objects.create(title=title, file=get_test_image_file(), collection=collection)


def document(title, collection=None):
    collection = collection or Collection.get_first_root_node()
    file = ContentFile(b"read me", "read.txt")
    return get_document_model().objects.create(title=title, file=file, collection=collection)


def _question(centre, caretaker):
    question = make(centre, caretaker, "reflection", {"question": "ท่านขายอะไร", "hint": ""})
    question.save()
    return question


def _upload(model, user):
    kind = ContentType.objects.get_for_model(model)
    return UploadedFile.objects.create(
        for_content_type=kind, file=ContentFile(b"x", "waits.txt"), uploaded_by_user=User.objects.get(pk=user.pk)
    )
