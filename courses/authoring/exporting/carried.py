"""The pictures and files that go along with a course, by the names they have in its zip."""

import hashlib
from functools import cache
from pathlib import Path, PurePosixPath

from courses.loading import files
from courses.loading.checking import picture_file
from courses.loading.shapes import FILE

PIECE = 64 * 1024


class Carried:
    """Each file once, under a name made of what is in it: the same in every installation."""

    def __init__(self):
        self.files, self.left_out = {}, []

    def picture(self, image):
        """{picture: name} of a drawing that every Sala has, or {file: name}; nothing if it is gone."""
        if image.is_svg() and image.uploaded_by_user_id is None and drawing(image.title) == image.get_file_hash():
            return {"picture": image.title}
        kinds = {*(ending for endings in files.PICTURES.values() for ending in endings), "svg"}
        name = self._carry(image, kinds)
        return {"file": name} if name else None

    def document(self, document, role):
        """Its name in the zip, or nothing."""
        kinds = {
            files.SOUND: {*files.SOUNDS, "webm"},
            files.READING: set(files.SOUNDS),
            files.FILM: {"mp4", "webm"},
            files.CAPTIONS: {"vtt"},
            files.DOCUMENT: files.DOCUMENTS,
        }
        return self._carry(document, kinds[role])

    def _carry(self, item, kinds):
        ending = PurePosixPath(item.file.name).suffix.lower().lstrip(".")
        if ending not in kinds or not item.file.storage.exists(item.file.name):
            self.left_out.append(item.title)
            return None
        name = f"media/{item.get_file_hash()}.{ending}"
        if not FILE.fullmatch(name):
            self.left_out.append(item.title)
            return None
        self.files[name] = item.file
        return name


@cache
def drawing(name):
    """What is in a vendored picture, as Wagtail tells it; nothing if there is none of this name."""
    path = picture_file(name) if name.replace("-", "").isalnum() and name.isascii() else None
    return hashlib.sha1(Path(path).read_bytes(), usedforsecurity=False).hexdigest() if path else None
