"""Every way in for a file of an author's: what Wagtail's forms take, and what they make of it.

Wagtail builds all its forms of images and documents (one, many, in a chooser, over its API, and for another file
instead of an old one) on these. What comes in is changed where it lies, as Wagtail may keep the upload itself.
"""

import re
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms import ffmpeg
from cms.photos import is_picture, redrawn, unnamed
from cms.voice import made_by_ffmpeg

HEAD = 4096
ZIPPED = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub")
OLD_OFFICE = ("doc", "xls", "ppt")
WRITTEN = ("txt", "csv", "vtt")
PAGES = ("html", "htm", "xhtml", "xml")
PLAYED = {"ogg": ("ogg", "oga", "opus"), "webm": ("webm",), "mp4": ("m4a", "mp4"), "wav": ("wav",), "mp3": ("mp3",)}
SAME_BUT_BARE = ("-map", "0:V?", "-map", "0:a", "-c", "copy")  # without where and when, and the phone's name
MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|body|iframe|head)", re.IGNORECASE)

NOT_TAKEN = _(
    "This kind of file is not taken. Choose a PDF, a Word, Excel, PowerPoint or LibreOffice file, a text, a sound, "
    "a film (MP4) or a picture."
)
OTHER_INSIDE = _("The name of this file does not fit what is in it. Save it again from the program that made it.")
NO_PAGE = _("A web page may hold a program. Save it as PDF and choose that.")
NOT_PLAYED = _("This sound or film cannot be played. Choose another file, or record it again.")
PICTURE_HELP = _("JPEG, PNG or WebP, at most 20 MB. The place and time in a photo are taken out.")


class PictureField(WagtailImageField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.help_text = PICTURE_HELP

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        become(upload, unnamed(redrawn(upload)))
        return super().to_python(upload)


class ImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        put_instead(self, PictureField)
        self.fields.pop("tags", None)  # one list for all centres, of which each would see the others' words


class DocumentField(WagtailDocumentField):
    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            make_harmless(upload)
        return upload


class DocumentForm(BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        put_instead(self, DocumentField)
        self.fields.pop("tags", None)


def put_instead(form, field_class):
    """Another kind of field for the form's file, with the same widget and label."""
    old = form.fields.get("file")
    if old is not None:
        form.fields["file"] = field_class(required=old.required, label=old.label, widget=old.widget)


def become(upload, other):
    """Put another file's content and name into an upload, in memory or on the disk: wherever it goes, it is that."""
    other.seek(0)
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(other.read())
    upload.file.flush()
    upload.file.seek(0)
    upload.size, upload.name = upload.file.seek(0, 2), other.name
    upload.file.seek(0)


def make_harmless(upload):
    """Refuse what is no document, in words; pictures are drawn anew, sounds and films lose what they tell."""
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    ending = PurePath(upload.name).suffix.lower().removeprefix(".")
    kind = _known_as(ending)
    if is_picture(head) or ending == "svg":
        become(upload, redrawn(upload))
    elif kind in (None, "written") and (MARKUP.search(head) or ending in PAGES):
        raise ValidationError(NO_PAGE, code="page")
    elif kind is None:
        raise ValidationError(NOT_TAKEN, code="not_taken")
    elif not _holds(kind, ending, head):
        raise ValidationError(OTHER_INSIDE, code="other_inside")
    elif kind == "played":
        become(upload, _bare(upload, ending))


def _known_as(ending):
    kinds = {
        "pdf": ("pdf",),
        "zipped": ZIPPED,
        "old": OLD_OFFICE,
        "written": WRITTEN,
        "played": sum(PLAYED.values(), ()),
    }
    return next((kind for kind, endings in kinds.items() if ending in endings), None)


def _holds(kind, ending, head):
    """Whether what is in it is what its name says."""
    is_so = {
        "pdf": lambda: b"%PDF-" in head[:1024],
        "zipped": lambda: head.startswith(b"PK\x03\x04"),
        "old": lambda: head.startswith(b"\xd0\xcf\x11\xe0"),
        "written": lambda: b"\0" not in head and not head.startswith(b"%PDF"),
        "played": lambda: ending in PLAYED.get(ffmpeg.kind_of(head), ()),
    }
    return is_so[kind]()


def _bare(upload, ending):
    faster = ("-movflags", "+faststart") if ending in PLAYED["mp4"] else ()
    made, _seconds = made_by_ffmpeg(upload, (*SAME_BUT_BARE, *faster), f".{ending}", NOT_PLAYED, seconds=30)
    bare = BytesIO(made)
    bare.name = upload.name
    return bare
