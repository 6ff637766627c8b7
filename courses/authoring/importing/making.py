"""From what was found to drafts: all of them, or none and no file of them."""

import uuid
from contextlib import contextmanager
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.models import CentreFiles
from courses.authoring import rights
from courses.authoring.drafts import local_course, make_draft
from courses.authoring.importing.problems import ImportProblem
from courses.loading.bodies import lesson_body
from courses.loading.patience import go_on
from courses.models import LessonImport, LessonPage

MINUTES_FOR = {"text": 1, "steps": 1, "table": 1, "picture": 0, "heading": 0, "document": 5}


class Superseded(Exception):
    """Another process took this import over while we were at it."""


def make(batch, parcel):
    """The drafts, and that the import is done, in one transaction."""
    with _files_go_if_it_fails() as stored, transaction.atomic():
        course = _course(batch)
        files = _store(batch, parcel.media, stored)
        made = [_draft(course, batch.made_by, lesson, files) for lesson in parcel.lessons]
        report = {"parts": parcel.parts}
        lessons = [{"key": str(page.key), "title": page.title} for page in made]
        if not batch.finish(LessonImport.State.DONE, kind=parcel.kind, report=report, lessons=lessons):
            raise Superseded


def check_rights(batch):
    """Asked again, as a role may have ended since. What has no centre goes to the nation's courses."""
    user = batch.made_by
    if user and batch.centre_id:
        is_allowed = rights.written_for(user).filter(pk=batch.centre_id).exists()
    else:
        is_allowed = user and rights.edits_national(user)
    if not is_allowed:
        raise ImportProblem("no_longer_allowed")


def _course(batch):
    """Asked again: a course may be gone since the file was sent."""
    check_rights(batch)
    if batch.course is not None and batch.course.centre_id == batch.centre_id:
        return batch.course
    return local_course(batch.centre, batch.made_by)


@contextmanager
def _files_go_if_it_fails():
    """Files are in no transaction: a list to write each into, and whatever is in it goes when the block fails."""
    stored = []
    try:
        yield stored
    except BaseException:
        for file in stored:
            file.storage.delete(file.name)
        raise


def _store(batch, media, stored):
    """{name of a file in the parcel: pk of an image or document}"""
    if not media:
        return {}
    collection = CentreFiles.objects.collection_of(batch.centre)
    return {name: _kept(batch, path, collection, stored) for name, path in media.items()}


def _kept(batch, path, collection, stored):
    is_picture = path.suffix in (".jpg", ".png")
    model = get_image_model() if is_picture else get_document_model()
    title = f"{batch.file_name[:80]} {path.stem}"
    kept = model(title=title, collection=collection, uploaded_by_user=batch.made_by)
    with path.open("rb") as file:
        kept.file.save(f"{uuid.uuid4().hex[:12]}{path.suffix}", File(file), save=False)
    stored.append(kept.file)
    kept._set_image_file_metadata() if is_picture else kept._set_document_file_metadata()
    kept.save()
    go_on()
    return kept.pk


def _draft(course, user, lesson, files):
    key, minutes = uuid.uuid4(), min(60, max(5, sum(MINUTES_FOR.get(kind, 1) for kind, _value in lesson["blocks"])))
    body = stream(key, lesson["blocks"], files)
    checked(body)
    go_on()
    return make_draft(course, user, key=key, title=lesson["title"], minutes=minutes, body=body)


class Stored:
    """What `lesson_body` asks for the ids of pictures and files."""

    def __init__(self, files):
        self.files = files

    def beside(self, lesson):
        return self

    def image(self, value):
        return self.files[value["media"]]

    def document(self, name):
        return self.files[name]


def stream(key, blocks, files):
    """The blocks as Wagtail keeps them."""
    body = [(kind, _typed(kind, value)) for kind, value in blocks]
    return lesson_body({"key": str(key), "body": body}, Stored(files))


def _typed(kind, value):
    """As courses.loading has it."""
    if kind == "document":
        return {"file": value["media"], "title": value["title"]}
    if kind == "number":
        return value | {name: Decimal(value[name]) for name in ("answer", "tolerance")}
    return value


def checked(body):
    """Every block as the studio itself would take it for a draft, where words may still be missing."""
    block = LessonPage._meta.get_field("body").stream_block
    try:
        block.clean_deferred(block.to_python(body))
    except ValidationError as error:
        raise ImportProblem("broken") from error
