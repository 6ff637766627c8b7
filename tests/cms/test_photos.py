"""Photos are turned the right way, made small, and tell nothing but what one sees."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images import get_image_model

from cms.models import CentreFiles
from cms.photos import LARGEST, LONGEST_SIDE, redrawn, store_photo
from tests.photos import is_red, photo, sent, sent_on_disk, tells


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def refusal_of(upload):
    with pytest.raises(ValidationError) as refused:
        redrawn(upload)
    return refused.value.messages[0]


def saved(picture, form, **more):
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def test_the_photo_that_is_tried_tells_a_lot():
    assert {"exif", "xmp", "comment", "secret"} <= set(tells(photo()))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("send", [sent, sent_on_disk])
def test_where_and_when_a_photo_was_taken_is_gone(form, send):
    assert tells(redrawn(send(photo(form=form))).read()) == {}


def test_a_photo_stands_upright_and_is_small():
    drawn = redrawn(sent(photo(size=(2400, 1800)))).read()
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (1200, LONGEST_SIDE)
    # The red corner, which lay at the upper left of what stood on its side, is now at the upper right.
    assert is_red(drawn, 0.75, 0.25) and not is_red(drawn, 0.25, 0.25)


def test_a_small_picture_stays_as_small_as_it_is():
    with Image.open(redrawn(sent(photo(size=(300, 200), orientation=1)))) as picture:
        assert picture.size == (300, 200)


def test_a_picture_with_holes_keeps_them_and_has_the_name_of_what_it_is():
    drawn = redrawn(sent(saved(Image.new("RGBA", (40, 40), (200, 0, 0, 0)), "PNG"), "ตะกร้า.png"))
    assert drawn.name == "ตะกร้า.webp"
    with Image.open(drawn) as picture:
        assert (picture.format, picture.convert("RGBA").getpixel((5, 5))[3]) == ("WEBP", 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16", "RGBA"])
def test_pictures_of_every_kind_of_colour_are_taken(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert redrawn(sent(saved(Image.new(mode, (50, 40)), form))).size


def test_two_views_in_one_photo_as_some_phones_make_them_become_one():
    first, second = Image.new("RGB", (64, 48), "#e00"), Image.new("RGB", (64, 48), "#00e")
    drawn = redrawn(sent(saved(first, "MPO", save_all=True, append_images=[second]))).read()
    assert is_red(drawn, 0.5, 0.5) and tells(drawn) == {}


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_a_film(form):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("#e00", "#0e0")]
    moving = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
    assert "ภาพเคลื่อนไหว" in refusal_of(sent(moving, "x.gif"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.jpg"),
        (b"%PDF-1.7 of a kind", "photo.jpg"),
        (b"MZ\x90\0 a program", "photo.jpg"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "photo.jpg"),
        (b"<html><script>alert(1)</script>", "photo.png"),
        (b"8BPS" + bytes(60), "photo.jpg"),
    ],
    ids=["nothing", "a PDF", "a program", "PostScript", "a page", "Photoshop"],
)
def test_what_only_has_the_name_of_a_picture_is_refused_in_words(content, name):
    assert "ไม่ใช่ภาพที่เปิดได้" in refusal_of(sent(content, name))


@pytest.mark.parametrize("name", ["x.svg", "x.png", "x.jpg"])
def test_drawings_that_may_hold_a_program_are_refused(name):
    assert "SVG" in refusal_of(sent(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', name))


def test_photos_that_the_phone_keeps_in_a_way_of_its_own_are_refused_with_what_to_do():
    assert "HEIC" in refusal_of(sent(b"\0\0\0\x18ftypheic" + bytes(40), "IMG_1.heic"))


def test_a_photo_that_did_not_arrive_whole_is_refused():
    whole = photo(size=(800, 600))
    assert "มาไม่ครบ" in refusal_of(sent(whole[: len(whole) // 2]))


def bomb(side):
    """A PNG of a few bytes that says it has side x side points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [5_000, 12_000, 60_000])
def test_small_files_that_would_fill_the_memory_are_refused(side):
    assert "ใหญ่เกินกว่าจะเปิด" in refusal_of(sent(bomb(side), "x.png"))


def test_a_file_that_is_too_large_is_not_even_read():
    upload = sent(b"x")
    upload.size = LARGEST + 1
    assert "20 MB" in refusal_of(upload)


def test_a_photo_lies_among_its_centres_files_and_is_its_senders(ban_nong_bua, nok):
    image = store_photo(sent(photo(), "สวนป้า.jpg"), ban_nong_bua, nok, "สวนป้าแดง")
    assert image.collection == CentreFiles.objects.collection_of(ban_nong_bua)
    assert (image.title, image.uploaded_by_user, image.width, image.height) == ("สวนป้าแดง", nok, 1200, 1600)
    with image.file.open() as file:
        assert tells(file.read()) == {}


def test_the_nations_photos_lie_in_no_centres_files(wipha):
    image = store_photo(sent(photo()), None, wipha, "x")
    assert not CentreFiles.objects.filter(collection=image.collection).exists()


def test_nothing_is_left_of_what_was_refused(ban_nong_bua, nok, tmp_path):
    with pytest.raises(ValidationError):
        store_photo(sent(b"no picture"), ban_nong_bua, nok, "x")
    assert not get_image_model().objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_nothing_is_left_where_the_database_refuses(ban_nong_bua, nok, tmp_path, monkeypatch):
    def refuse(image, **kwargs):
        image.file.save("half.jpg", image.file.file, save=False)
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(get_image_model(), "save", refuse)
    with pytest.raises(RuntimeError):
        store_photo(sent(photo()), ban_nong_bua, nok, "x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
