"""The files beside a lesson: pictures drawn anew, so that nothing of the old file is left but what one sees."""

import hashlib
import io
import warnings
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from courses.authoring.importing import limits

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the sizes are looked at here


class Media:
    """A folder of numbered files. The same bytes are kept once."""

    def __init__(self, folder):
        self.folder, self.known, self.pictures = folder, {}, 0

    def picture(self, data, part, name=""):
        """The name of a picture in the folder; None if it could not come over, which the part then tells."""
        digest = hashlib.sha256(data).digest()
        if digest in self.known:
            return self.known[digest]
        if self.pictures >= limits.PICTURES:
            part.left("too_many_pictures", most=limits.PICTURES)
            return None
        image = self._opened(data, part, name)
        if image is None:
            return None
        self.pictures += 1
        kept = f"{len(self.known)}.{'png' if image.mode in ('P', 'RGBA') else 'jpg'}"
        if kept.endswith("png"):
            image.save(self.folder / kept, "PNG", optimize=True)
        else:
            image.save(self.folder / kept, "JPEG", quality=82, optimize=True)
        self.known[digest] = kept
        return kept

    def _opened(self, data, part, name):
        name = PurePosixPath(name).name[:80]
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > _most(image):
                    part.left("picture_large", name=name)
                    return None
                if getattr(image, "is_animated", False):
                    part.left("picture_moves", name=name)
                return _redrawn(image)
        except MemoryError:
            part.left("picture_large", name=name or "?")
            return None
        except Exception:  # Pillow raises what it likes of a broken picture
            part.left("picture_kind", name=name or "?")
            return None

    def keep(self, data, ending):
        """The name of any other file in the folder."""
        digest = hashlib.sha256(data).digest()
        if digest not in self.known:
            kept = f"{len(self.known)}.{ending}"
            (self.folder / kept).write_bytes(data)
            self.known[digest] = kept
        return self.known[digest]


def _most(image):
    return limits.JPEG_PIXELS if image.format == "JPEG" else limits.PICTURE_PIXELS


def _redrawn(image):
    """Turned the right way, no larger than a page needs, and without what a camera or a program wrote in it.

    Made smaller first: each copy of a large picture would be as large again.
    """
    image.draft("RGB", (limits.PICTURE_SIDE, limits.PICTURE_SIDE))
    if image.width * image.height > limits.PICTURE_PIXELS:
        raise ValueError("too large even when read smaller")
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    few_colours = image.mode in ("1", "P", "L") and image.format != "JPEG" and not clear
    mode = "RGBA" if clear else "RGB"
    small = image if image.mode == mode else image.convert(mode)
    small.thumbnail((limits.PICTURE_SIDE, limits.PICTURE_SIDE))
    turned = ImageOps.exif_transpose(small)
    drawn = Image.new(mode, turned.size)
    drawn.paste(turned)
    return drawn.quantize(256) if few_colours else drawn


SIGNS = {  # what the files that a lesson may carry begin with
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
}
PICTURE_SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")


def looks_like_a_picture(data):
    return data.startswith(PICTURE_SIGNS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def document_kind(data, name):
    """The ending of a document that may be offered for download; None for everything else."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    signs = SIGNS.get(ending)
    if signs is None or not data.startswith(signs):
        return None
    return ending
