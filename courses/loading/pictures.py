"""The vendored pictures as images of the studio: one image a name, stored again only when it changed."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.images import get_image_model

from courses.loading.checking import picture_file, pictures


def load_pictures(courses):
    """Ids of images by picture name, for every picture that the courses show."""
    sources = [source for course in courses for source in (course, *course.lessons)]
    names = sorted({value["picture"] for source in sources for _where, value in pictures(source) if "picture" in value})
    Image = get_image_model()
    # What a person uploaded is theirs, even under the same title.
    kept = {image.title: image for image in Image.objects.filter(title__in=names, uploaded_by_user=None)}
    return {name: _load(kept.get(name) or Image(title=name)).pk for name in names}


def _load(image):
    drawing = Path(picture_file(image.title)).read_bytes()
    digest = hashlib.sha1(drawing, usedforsecurity=False).hexdigest()  # the one Wagtail keeps of a file
    if image.file_hash != digest or not image.file.storage.exists(image.file.name):
        image.file = ContentFile(drawing, name=f"{image.title}.svg")
        image._set_image_file_metadata()
        image.save()
    return image
