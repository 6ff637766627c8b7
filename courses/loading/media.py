"""Pictures and files of courses in the studio's library: stored once, and found again by what is in them."""

import hashlib
import io
from functools import partial

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from courses.loading import files
from courses.loading.checking import uses
from courses.loading.patience import go_on
from courses.loading.photos import bare
from courses.loading.pictures import load_pictures

PIECE = 256 * 1024


def load_media(courses, user=None, collection=None):
    """Everything that courses show or let hear. New files belong to `user` and lie in `collection`."""
    media = Media(load_pictures(courses), collection or Collection.get_first_root_node(), user)
    try:
        for course in courses:
            for source in (course, *course.lessons):
                for _where, role, name, _line in uses(source):
                    go_on()
                    media.take(source, role, name)
    except BaseException:
        media.forget()
        raise
    return media


class Media:
    """Ids by what a file of a course calls them. `made` are those stored anew, to take away if all is taken back."""

    def __init__(self, drawings, collection=None, user=None):
        self.drawings, self.collection, self.user = drawings, collection, user
        self.files, self.made = {}, []

    def beside(self, source):
        """What is meant in that file."""
        return Beside(self, source.folder)

    def take(self, source, role, name):
        key = (source.folder, name, role == files.PICTURE)
        if key not in self.files:
            model = get_image_model() if role == files.PICTURE else get_document_model()
            self.files[key] = self._stored(model, source.folder / name, source["title"]["th"]).pk

    def forget(self):
        """Take the new files away; their rows went with the transaction."""
        for item in self.made:
            item.file.storage.delete(item.file.name)

    def _stored(self, model, path, title):
        told_nothing = bare(path) if model is get_image_model() else None
        digest = hashlib.sha1(told_nothing, usedforsecurity=False).hexdigest() if told_nothing else _digest(path)
        same = model.objects.filter(file_hash=digest, collection=self.collection).order_by("pk")
        for item in same:
            if item.file.storage.exists(item.file.name):
                return item
        item = model(title=title[:255], collection=self.collection, uploaded_by_user=self.user)
        with io.BytesIO(told_nothing) if told_nothing else path.open("rb") as content:
            item.file = File(content, name=path.name)
            self.made.append(item)
            if model is get_image_model():
                item._set_image_file_metadata()
            else:
                item._set_document_file_metadata()
            item.save()
        return item


class Beside:
    """The media of a course's folder."""

    def __init__(self, media, folder):
        self.media, self.folder = media, folder

    def image(self, value):
        if "picture" in value:
            return self.media.drawings[value["picture"]]
        return self.media.files[self.folder, value["file"], True]

    def document(self, name):
        return self.media.files[self.folder, name, False]


def _digest(path):
    """The one that Wagtail keeps of a file."""
    digest = hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as file:
        for piece in iter(partial(file.read, PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()
