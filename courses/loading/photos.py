"""Photographs without what a telephone wrote into them: where they were taken, when, and by which telephone."""

import io

from PIL import Image, ImageOps

QUALITY = 90


def bare(path):
    """The picture turned the right way and without those words, or nothing if it has none of them."""
    if path.suffix == ".svg":
        return None
    with Image.open(path) as picture:
        told = picture.getexif() or picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
        if not told or getattr(picture, "is_animated", False):
            return None
        kind, colours = picture.format, picture.info.get("icc_profile")
        turned = ImageOps.exif_transpose(picture)
        turned.info.clear()  # what stands there is saved along
        saved = io.BytesIO()
        more = {"quality": QUALITY} if kind in ("JPEG", "WEBP") else {}
        turned.save(saved, kind, icc_profile=colours, exif=b"", **more)
    return saved.getvalue()
