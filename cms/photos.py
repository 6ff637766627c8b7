"""Pictures as they come from phones: turned the right way, made small, and with nothing in them but what one sees.

A photo carries where and when it was taken, by which phone, and often a small copy of what was cut away. So no picture
is kept as it came: it is drawn anew, whichever way it comes in (cms/uploads.py).
"""

import threading
import warnings
from io import BytesIO
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images import get_image_model

from cms.models import CentreFiles

LONGEST_SIDE = 1600  # pixels: sharp on a PC's screen and small on a phone's line
LARGEST = 20 * 1024 * 1024  # as it comes; phones make pictures of 3 to 12 MB
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}  # read at a fraction of its size, so that memory stays small ...
MOST_PIXELS_OF_OTHERS = 24_000_000  # ... which others cannot be
READ = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
ENDINGS = {"JPEG": ".jpg", "WEBP": ".webp"}
QUALITY = {"JPEG": 82, "WEBP": 85}
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")

TOO_LARGE = _("This picture is larger than 20 MB. Take it again with a smaller size, or send it through LINE first.")
TOO_MANY_PIXELS = _("This picture is too large to be opened. Take it again with a smaller size.")
NO_PICTURE = _("This is no picture that can be opened. Choose a photo: JPEG, PNG or WebP.")
BROKEN = _("This picture did not arrive whole. Choose it again, or take it again.")
MOVES = _("This picture moves. Choose one that stands still, or send it as a film.")
NO_HEIC = _("The phone kept this photo as HEIC. Set the camera to JPEG (“most compatible”) and take it again.")
NO_DRAWING = _("A drawing (SVG) may hold a program. Save it as PNG or JPEG and choose that.")

_one_at_a_time = threading.Semaphore(1)  # in a process: an opened picture takes a hundred times its file


def store_photo(upload, centre, user, title):
    """A new image of the studio in the centre's collection, or in the nation's where `centre` is None.

    Raises ValidationError in words where it is no picture; then nothing is stored.
    """
    collection = CentreFiles.objects.collection_of(centre)
    image = get_image_model()(title=title[:255], collection=collection, uploaded_by_user=user)
    image.file = unnamed(redrawn(upload))
    image._set_image_file_metadata()
    try:
        image.save()
    except BaseException:
        image.file.storage.delete(image.file.name)
        raise
    return image


def redrawn(upload):
    """The picture of a file, drawn anew, as a file with a name of the same stem. Raises ValidationError in words."""
    if upload.size > LARGEST:
        raise ValidationError(TOO_LARGE, code="too_large")
    upload.seek(0)
    content = upload.read()
    kind = _kind_of(content)
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        try:
            drawn, form = _draw(content, kind)
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as bomb:
            raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from bomb
        except ValidationError:
            raise
        except Exception as broken:  # Pillow's readers raise whatever their formats make them
            raise ValidationError(BROKEN, code="broken") from broken
    stem = PurePath(upload.name or "").stem[:60] or "photo"
    return ContentFile(drawn, name=stem + ENDINGS[form])


def unnamed(picture):
    """The same under a name that tells no time, as phones' names do, and that nobody guesses."""
    picture.name = uuid4().hex + PurePath(picture.name).suffix
    return picture


def is_picture(head):
    """Whether a file that begins so is a picture, of a kind that is taken or not, whatever its name says."""
    if any(head[4:].startswith(brand) for brand in HEIC):
        return True
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")) or _is_webp(head)


def _is_webp(head):
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _kind_of(content):
    """Pillow's name of what it is, looked up without drawing it. Only what is named in READ is ever opened."""
    if any(content[4:].startswith(brand) for brand in HEIC):
        raise ValidationError(NO_HEIC, code="heic")
    if b"<svg" in content[:4096].lower():
        raise ValidationError(NO_DRAWING, code="svg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Pillow.open(BytesIO(content), formats=READ) as picture:
                return _small_enough(picture)
        except Pillow.DecompressionBombError as bomb:
            raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from bomb
        except ValidationError:
            raise
        except Exception as unknown:
            raise ValidationError(NO_PICTURE, code="no_picture") from unknown


def _small_enough(picture):
    width, height = picture.size
    if width * height > MOST_PIXELS.get(picture.format, MOST_PIXELS_OF_OTHERS):
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels")
    if picture.format not in ("MPO", "TIFF") and getattr(picture, "is_animated", False):
        raise ValidationError(MOVES, code="moves")  # phones put a second view behind the first (MPO); that is no film
    return picture.format


def _draw(content, kind):
    """The bytes of the new file, and its format."""
    with Pillow.open(BytesIO(content), formats=["JPEG" if kind == "MPO" else kind]) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at an eighth, a quarter or a half
        picture.load()
        turned = ImageOps.exif_transpose(picture)
    form = "WEBP" if _is_see_through(turned) else "JPEG"
    plain = turned.convert("RGBA" if form == "WEBP" else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    bare = Pillow.new(plain.mode, plain.size)
    bare.paste(plain)  # the points alone, without what Pillow carries along in `info`
    out = BytesIO()
    bare.save(out, form, quality=QUALITY[form], **({"optimize": True, "progressive": True} if form == "JPEG" else {}))
    return out.getvalue(), form


def _is_see_through(picture):
    """Whether it has a hole in it: many a PNG could have and has none."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return False
    return picture.convert("RGBA").getextrema()[3][0] < 255
