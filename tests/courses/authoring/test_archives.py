"""Zip files made to do harm: each is refused in words, and nothing of it lands anywhere."""

import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.archives import ArchiveProblem, Limits, opened, pieces, safe_members, unpacked

SMALL = Limits(parts=5, part=3_000_000, total=5_000_000, ratio=50)


def packed(*parts):
    """A zip of (name or ZipInfo, content), as bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def members(data, folder=None, limits=SMALL):
    with opened(io.BytesIO(data)) as archive:
        return unpacked(archive, folder, limits) if folder else safe_members(archive, limits)


def link(name):
    part = zipfile.ZipInfo(name)
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    return part


HOSTILE = {
    "up": [("../x", "")],
    "up within": [("a/../../x", "")],
    "from the root": [("/etc/passwd", "")],
    "a drive": [("C:/x", "")],
    "backslashes": [("..\\x", "")],
    "a control character": [("a\x01b", "")],
    "nothing": [(zipfile.ZipInfo("."), "")],
    "a file that is a folder too": [("a", "1"), ("a/b", "2")],
    "a folder that is a file too": [("a/b", "1"), ("a", "2")],
    "a link": [(link("x"), "/etc/passwd")],
    "twice": [("a/x", "1"), ("A/X", "2")],
    "too many": [(f"{n}", "") for n in range(6)],
    "swollen": [("x", b"\0" * 2_900_000)],
    "one too large": [("x", bytes(range(256)) * 20_000)],
    "all too large": [(f"{n}", bytes(range(256)) * 10_000) for n in range(3)],
    "a very long name": [("ก" * 100, "")],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_in_words(name, tmp_path):
    with pytest.raises(ArchiveProblem) as refused:
        members(packed(*HOSTILE[name]), tmp_path)
    assert len(str(refused.value)) > 20


def test_a_good_zip_gives_its_files_and_not_its_folders(tmp_path):
    data = packed(("วิชา/", ""), ("วิชา/course.yaml", "key: 1"), ("วิชา/media/x.png", b"\x89PNG"))
    with opened(io.BytesIO(data)) as archive:
        found = unpacked(archive, tmp_path, SMALL)
    assert {name: path.read_bytes() for name, path in found.items()} == {
        "วิชา/course.yaml": b"key: 1",
        "วิชา/media/x.png": b"\x89PNG",
    }


def test_a_zip_that_lies_about_a_size_is_cut_off_where_it_lied():
    data = packed(("x", b"0123456789" * 100))
    with opened(io.BytesIO(data)) as archive:
        [part] = safe_members(archive).values()
        part.file_size = 10
        with pytest.raises(ArchiveProblem):
            list(pieces(archive, part))


def test_a_locked_part_is_told():
    data = bytearray(packed(("x", "y")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(ArchiveProblem):
        members(bytes(data))


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 60))
def test_whatever_befalls_a_zip_it_is_read_or_refused(tmp_path_factory, put, spot, cut):
    whole = packed(("a/course.yaml", "key: 1" * 30), ("a/media/x.png", b"\x89PNG" * 9))
    data = whole[:spot] + put + whole[spot + cut :]
    try:
        with opened(io.BytesIO(data)) as archive:
            unpacked(archive, tmp_path_factory.mktemp("unpacked"), SMALL)
    except ArchiveProblem:
        pass
