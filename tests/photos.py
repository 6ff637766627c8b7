"""Photos as phones make them: with a place, a time, a small copy, and turned by a word and not by the points."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image, PngImagePlugin

ORIENTATION, MAKER, MADE_AT, GPS = 0x0112, 0x010F, 0x0132, 0x8825
ON_ITS_SIDE = 6  # to be turned by a quarter to the right
SECRET = b"SECRET-PHONE"
PLACE = {1: "N", 2: (14.0, 52.0, 30.0), 3: "E", 4: (103.0, 29.0, 10.0)}


def photo(size=(2400, 1800), form="JPEG", orientation=ON_ITS_SIDE):
    """The bytes of a photo whose upper left quarter is red, with all that a phone says of it."""
    picture = Image.new("RGB", size, "#7a5")
    picture.paste("#e00", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER], exif[MADE_AT] = orientation, SECRET.decode(), "2026:11:29 08:00:00"
    exif.get_ifd(GPS).update(PLACE)
    more = {"exif": exif.tobytes(), "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    if form == "JPEG":
        more["comment"] = SECRET
    if form == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", SECRET.decode())
        more.pop("xmp")
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def sent(content, name="IMG_0001.jpg", kind="image/jpeg"):
    """As Django gives it to a form: in memory."""
    return SimpleUploadedFile(name, content, kind)


def sent_on_disk(content, name="IMG_0001.jpg", kind="image/jpeg"):
    """The same of a file that Django put on the disk, as it is larger."""
    upload = TemporaryUploadedFile(name, kind, len(content), None)
    upload.write(content)
    upload.seek(0)
    return upload


def tells(content):
    """What a picture says besides what one sees; empty for one that was drawn anew."""
    with Image.open(io.BytesIO(content)) as picture:
        said = {name: value for name, value in picture.info.items() if name not in USUAL}
        if dict(picture.getexif()):
            said["exif"] = dict(picture.getexif())
    if SECRET in content:
        said["secret"] = True
    return said


USUAL = ("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "loop", "background")


def is_red(content, across, down):
    """Whether a point of it, by parts of its width and height, is red."""
    with Image.open(io.BytesIO(content)) as picture:
        red, green, _blue = picture.convert("RGB").getpixel((int(picture.width * across), int(picture.height * down)))
    return red > 180 and green < 80
