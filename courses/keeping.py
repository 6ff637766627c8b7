"""What a learner's own phone may keep: the courses they may open, with their editions and what they weigh.

What a page needs besides itself is read from the page; only its weight is told beforehand, for people to choose by.
"""

from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from cms.templatetags.said import PHOTO_SIZE
from courses.models import CourseEdition, Enrolment, LessonPage
from courses.rendering import version_of
from lms.accounts.shell import release

PAGE_BYTES = 25_000  # a page of a lesson or a course, about
TOGETHER_BYTES = 65_000  # where a group begins on a lesson, about
PHOTO_BYTES = 150_000  # a photograph that was not yet made small, about
ACTIVITY_BYTES = 35_000  # the same for a course's group activity
FIELDS = "title", "title_en", "slug", "key", "path", "depth", "live_revision", "last_published_at"
PLACED = (*FIELDS, "placed_after")


def kept_list(reader):
    """All that this learner may keep, with a number of queries that does not grow with it."""
    courses = list(reader.courses().order_by("path").only(*FIELDS, "group_activity"))
    keys = [course.key for course in courses]
    editions = CourseEdition.objects.filter(until=None, course__in=keys).order_by()
    order = dict(editions.values_list("course", "lessons"))
    wanted = [key for lessons in order.values() for key in lessons]
    lessons = {str(page.key): page for page in LessonPage.objects.live().filter(key__in=wanted).only(*PLACED)}
    begun = set(Enrolment.objects.of(reader.user).values_list("course", flat=True))
    weights = _weights(lessons.values())
    ours = sorted((page for page in lessons.values() if page.placed_after_id), key=lambda page: page.path)
    return {
        "learner": str(reader.user.pk),
        "pages": [_page(name) for name in ("kept", "kept_none", "kept_together")],
        "courses": [
            _course(course, [lessons[key] for key in order.get(course.key, []) if key in lessons], weights, ours)
            | {"begun": course.key in begun}
            for course in courses
        ],
    }


def version(*pages):
    """What changes with any of the pages that one is drawn from, and with the site."""
    said = ":".join([release(), *map(version_of, pages)])
    return sha256(said.encode()).hexdigest()[:12]


def _page(name):
    return {"kept": reverse(name), "version": release()}


def _course(course, lessons, weights, ours):
    """`ours` are those that the centre shows after some course of the nation's; all of them are its own."""
    after = [lesson for lesson in ours if lesson.placed_after_id == course.pk]
    rows = [_lesson(course, lesson, number, weights) for number, lesson in enumerate(lessons, start=1)]
    together = reverse("kept_course_together", args=[course.slug]) if course.group_activity else None
    return {
        "key": str(course.key),
        "title": course.heading,
        "url": reverse("course", args=[course.slug]),
        "kept": reverse("kept_course", args=[course.slug]),
        "together": together,
        "version": version(course, *lessons, *after),
        "bytes": PAGE_BYTES + (ACTIVITY_BYTES if together else 0),
        "lessons": rows,
    }


def _lesson(course, lesson, number, weights):
    pictures, media = weights.get(lesson.pk, (0, 0))
    return {
        "key": str(lesson.key),
        "title": lesson.heading,
        "number": number,
        "url": reverse("lesson", args=[course.slug, lesson.slug]),
        "kept": reverse("kept_lesson", args=[course.slug, lesson.slug]),
        "together": reverse("kept_lesson_together", args=[course.slug, lesson.slug]),
        "version": version(course, lesson),
        "bytes": PAGE_BYTES + TOGETHER_BYTES + pictures,
        "media_bytes": media,
    }


def _weights(lessons):
    """{pk of a lesson: (bytes of its pictures, bytes of its sound, films and documents)}"""
    image_type, document_type = _types()
    named = ReferenceIndex.objects.filter(
        base_content_type=ReferenceIndex._get_base_content_type(LessonPage),
        content_type=ContentType.objects.get_for_model(LessonPage),
        object_id__in=[str(lesson.pk) for lesson in lessons],
        to_content_type__in=[image_type, document_type],
    )
    named = set(named.values_list("object_id", "to_content_type", "to_object_id"))
    images = _weigh_images({int(to) for _lesson, kind, to in named if kind == image_type.pk})
    documents = _weigh_documents({int(to) for _lesson, kind, to in named if kind == document_type.pk})
    weights = {}
    for lesson, kind, to in named:
        pictures, media = weights.get(int(lesson), (0, 0))
        if kind == image_type.pk:
            pictures += images.get(int(to), 0)
        else:
            media += documents.get(int(to), 0)
        weights[int(lesson)] = pictures, media
    return weights


def _types():
    """Images and documents, as the index of references has them."""
    models = get_image_model(), get_document_model()
    found = ContentType.objects.get_for_models(*models)
    return [found[model] for model in models]


def _weigh_images(pks):
    """A drawing is sent as it is, a photograph made small."""
    Image = get_image_model()
    small = Image.renditions.rel.related_model.objects.filter(image__in=pks, filter_spec=PHOTO_SIZE)
    small = {rendition.image_id: rendition for rendition in small}
    return {image.pk: _weigh_image(image, small.get(image.pk)) for image in Image.objects.filter(pk__in=pks)}


def _weigh_image(image, rendition):
    if image.is_svg():
        return image.file_size or 0
    try:
        return rendition.file.size
    except (AttributeError, OSError):  # not made yet, or gone
        return min(image.file_size or PHOTO_BYTES, PHOTO_BYTES)


def _weigh_documents(pks):
    sizes = get_document_model().objects.filter(pk__in=pks).values_list("pk", "file_size")
    return {pk: size or 0 for pk, size in sizes}
