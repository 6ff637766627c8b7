"""A lesson's pictures as files beside the layout, small enough for paper; Typst reads nothing from anywhere else."""

import io

from PIL import Image as Pillow

LONGEST_SIDE = 1200
MOST = 60  # of one lesson
MOST_PIXELS = 40_000_000
LARGEST_SVG = 500_000


class Pictures:
    def __init__(self, root):
        self.root, self.names = root, {}

    def of(self, image):
        """The file's name, or nothing where there is no picture that can be printed."""
        if image is None or len(self.names) >= MOST and image.pk not in self.names:
            return ""
        if image.pk not in self.names:
            self.names[image.pk] = self._put(image)
        return self.names[image.pk]

    def _put(self, image):
        try:
            with image.file.storage.open(image.file.name) as file:
                if image.is_svg():
                    data, ending = file.read(LARGEST_SVG + 1), "svg"
                    if len(data) > LARGEST_SVG:
                        return ""
                else:
                    data, ending = _as_jpeg(file), "jpg"
        except Exception:  # gone, or something that Pillow stumbles over
            return ""
        name = f"{image.pk}.{ending}"
        (self.root / name).write_bytes(data)
        return name


def _as_jpeg(file):
    picture = Pillow.open(file)
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("a picture too large to print")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        picture = picture.convert("RGBA")
        on_white = Pillow.new("RGBA", picture.size, "white")
        on_white.alpha_composite(picture)
        picture = on_white
    saved = io.BytesIO()
    picture.convert("RGB").save(saved, "JPEG", quality=80)
    return saved.getvalue()
