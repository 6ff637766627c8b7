"""Files made to do harm, or only broken: each is refused with a reason, and leaves nothing behind."""

import io
import json
import random
import re
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pypdf
import pytest
from django.utils import translation
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.authoring.importing import limits, words
from courses.authoring.importing.problems import ImportProblem
from courses.models import LessonPage
from tests.courses.authoring.importing.packing import (
    Moodle,
    changed,
    epub,
    gzipped_zeros,
    html,
    picture,
    tarred,
    unzipped,
    zipped,
)

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]>'
)


def page(body="<p>ไก่</p>"):
    return epub({"a.xhtml": html(body)})


def linked():
    """A zip file with a symbolic link in it."""
    entry = zipfile.ZipInfo("OEBPS/leads.xhtml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO(page())
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    return packed.getvalue()


def twice():
    with pytest.warns(UserWarning):
        return zipped([*unzipped(page()).items(), ("OEBPS/a.xhtml", "other")])


def slides(sample, count):
    """So many more of them, as far as names tell."""
    more = {f"ppt/slides/slide{number}.xml": "<x/>" for number in range(100, 100 + count)}
    return zipped(unzipped(sample("chickens.pptx")) | more)


def locked():
    """A zip file whose members say that they have a password."""
    data = bytearray(page())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def chapters(count):
    return epub(dict.fromkeys(map(str, range(count)), html("ไก่")))


def crowded():
    return zipped({f"META-INF/{number}": "" for number in range(4100)} | unzipped(page()))


def utf_16(text):
    return text.encode("utf-16")


HOSTILE = {
    "an absolute name": ("odd_name", "x.epub", lambda s: zipped(unzipped(page()) | {"/etc/x": "x"})),
    "out of its folder": ("odd_name", "x.epub", lambda s: zipped(unzipped(page()) | {"../../x": "x"})),
    "out by backslashes": ("odd_name", "x.epub", lambda s: zipped(unzipped(page()) | {"..\\..\\x": "x"})),
    "a drive's name": ("odd_name", "x.epub", lambda s: zipped(unzipped(page()) | {"C:/x": "x"})),
    "out of its folder in a tar": ("odd_name", "x.mbz", lambda s: tarred(Moodle().all_members() | {"../x": "x"})),
    "a link in a zip": ("link", "x.epub", lambda s: linked()),
    "a link in a tar": ("link", "x.mbz", lambda s: tarred_with_link(tarfile.SYMTYPE)),
    "a hard link in a tar": ("link", "x.mbz", lambda s: tarred_with_link(tarfile.LNKTYPE)),
    "a device in a tar": ("link", "x.mbz", lambda s: tarred_with_link(tarfile.CHRTYPE)),
    "a bomb by ratio": ("bomb", "x.epub", lambda s: zipped(unzipped(page()) | {"x": b"\0" * (20 * limits.MB)})),
    "a bomb by total": ("unpacks_too_large", "x.epub", lambda s: zipped(unzipped(page()) | pieces(6, 25 * limits.MB))),
    "a bomb in a tar": ("bomb", "x.mbz", lambda s: tarred(Moodle().all_members() | {"x": b"\0" * (60 * limits.MB)})),
    "too many files": ("too_many_members", "x.epub", lambda s: crowded()),
    "two of a name": ("twice", "x.epub", lambda s: twice()),
    "a locked zip": ("locked", "x.epub", lambda s: locked()),
    "entities in a book": ("entities", "x.epub", lambda s: epub({"a.xhtml": html("&b;")}, package_head=ENTITIES)),
    "entities in slides": ("entities", "x.pptx", lambda s: with_entities(s("chickens.pptx"), "ppt/presentation.xml")),
    "entities in UTF-16": ("entities", "x.docx", lambda s: with_entities(s("banana.docx"), encoded=utf_16)),
    "entities in a backup": ("entities", "x.mbz", lambda s: zipped({"moodle_backup.xml": ENTITIES + "<x>&b;</x>"})),
    "a document type": ("entities", "x.docx", lambda s: changed(s("banana.docx"), word__x_dot_xml="<!DOCTYPE x><x/>")),
    "3,000 slides": ("too_many_slides", "x.pptx", lambda s: slides(s, 3000)),
    "10,000 slides": ("too_many_members", "x.pptx", lambda s: slides(s, 10_000)),
    "a paper with macros": ("macro_document", "x.docm", lambda s: with_macros(s("banana.docx"))),
    "a program named as slides": ("a_program", "x.pptx", lambda s: b"MZ\x90\0" + b"\0" * 3000),
    "a script named as a PDF": ("a_program", "x.pdf", lambda s: b"#!/bin/sh\nrm -rf /\n"),
    "a page named as a PDF": ("unknown_kind", "x.pdf", lambda s: b"<html><script>alert(1)</script></html>"),
    "a drawing": ("unknown_kind", "x.svg", lambda s: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    "slides named as a book": ("wrong_name", "x.epub", lambda s: s("chickens.pptx")),
    "a PDF named as slides": ("wrong_name", "x.pptx", lambda s: s("banana.pdf")),
    "old slides": ("old_office", "x.ppt", lambda s: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000),
    "a picture": ("a_picture", "x.pdf", lambda s: picture("JPEG")),
    "a spreadsheet": ("a_sheet", "x.xlsx", lambda s: zipped({"xl/workbook.xml": "<x/>"})),
    "a course of another Sala": ("a_course", "x.zip", lambda s: zipped({"01-x/course.yaml": "x"})),
    "LibreOffice's own": ("open_document", "x.odt", lambda s: zipped({"META-INF/manifest.xml": "<x/>"})),
    "another archive": ("other_archive", "x.rar", lambda s: b"Rar!\x1a\x07\0" + b"x" * 100),
    "an archive in an archive": ("unknown_kind", "x.mbz", lambda s: zipped({"a.mbz": Moodle().as_zip()})),
    "nothing": ("empty", "x.pdf", lambda s: b""),
    "only zeros": ("empty", "x.docx", lambda s: b"\0" * 500),
    "half of the slides": ("broken", "x.pptx", lambda s: s("chickens.pptx")[:20_000]),
    "half of a PDF's head": ("broken", "x.pdf", lambda s: b"%PDF-1.7\n" + b"x" * 50),
    "half of a tar": ("broken", "x.mbz", lambda s: Moodle().as_tar()[:-60]),
    "a book without its list": ("part_missing", "x.epub", lambda s: without(page(), "OEBPS/book.opf")),
    "a book without words": ("nothing_found", "x.epub", lambda s: epub({"a.xhtml": html("")})),
    "a book of 100 chapters": ("too_many_lessons", "x.epub", lambda s: chapters(100)),
    "a locked book": ("locked", "x.epub", lambda s: locked_book()),
    "XML too deep": ("too_deep", "x.mbz", lambda s: zipped({"moodle_backup.xml": "<a>" * 230 + "</a>" * 230})),
    "a page of 10 MB": ("member_too_large", "x.epub", lambda s: page(noise(10 * limits.MB))),
    "a lesson of 10,000 parts": ("lesson_too_long", "x.epub", lambda s: page("<h2>ก</h2><p>x</p>" * 5000)),
}  # fmt: skip


def tarred_with_link(kind):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in Moodle().all_members().items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data.encode())
            archive.addfile(entry, io.BytesIO(data.encode()))
        entry = tarfile.TarInfo("files/leads")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
    return packed.getvalue()


def pieces(count, size):
    """Files that pack to a hundredth and not to nothing."""
    piece = (b"0123456789abcdef" * 8 + b"\0" * 3968) * (size // 4096)
    return {f"x{number}": noisy(piece, number) for number in range(count)}


def noisy(piece, seed):
    chance = random.Random(seed)
    return b"".join(chance.randbytes(64) + piece[at + 64 : at + 4096] for at in range(0, len(piece), 4096))


def noise(size):
    chance = random.Random(1)
    return "".join(chance.choices("กขคงจฉชซ abcdefgh", k=1000)) * (size // 1000) + chance.randbytes(90_000).hex()


def with_entities(data, name="word/document.xml", encoded=str.encode):
    old = unzipped(data)[name].decode()
    body = old.partition("?>")[2] or old
    return zipped(unzipped(data) | {name: encoded(ENTITIES.replace("<!DOCTYPE x", "<!DOCTYPE y") + body)})


def with_macros(data):
    members = unzipped(data)
    types = members["[Content_Types].xml"].decode()
    types = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return zipped(members | {"[Content_Types].xml": types, "word/vbaProject.bin": b"x"})


def without(data, name):
    return zipped({key: value for key, value in unzipped(data).items() if key != name})


def locked_book():
    lock = '<encryption xmlns="x"><EncryptedData><EncryptionMethod Algorithm="aes256"/></EncryptedData></encryption>'
    return zipped(unzipped(page()) | {"META-INF/encryption.xml": lock})


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_for_its_reason_and_leaves_nothing_behind(name, sample, taken_over, tmp_path):
    code, file_name, make = HOSTILE[name]
    batch = taken_over(make(sample), file_name)
    assert (batch.state, batch.report["problem"]["code"]) == ("failed", code)
    assert code in words.PROBLEMS
    assert not batch.file
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []
    assert not any(model.objects.exists() for model in (LessonPage, get_image_model(), get_document_model()))


def test_ten_thousand_slides_are_told_to_be_too_many_files(sample, taken_over):
    batch = taken_over(slides(sample, 10_000), "x.pptx")
    with translation.override("th"):
        assert "4000" in words.problem(batch.report["problem"])


def test_scripts_and_what_else_a_page_may_hide_do_not_come_over(read):
    body = """<p onclick="x()">ไก่<script>steal()</script><style>p{}</style></p><iframe src="https://evil.example/">ลวง</iframe>
      <svg onload="x()"><text>วาด</text></svg><a href="javascript:steal()">กด</a><img src="https://evil.example/a.png">
      <img src="file:///etc/passwd"><object data="x">ซ่อน</object><form><input value="y"></form>"""
    found = read(epub({"a.xhtml": html(body)}), "x.epub")
    told = json.dumps(found["lessons"], ensure_ascii=False)
    assert found["lessons"][0]["blocks"] == [{"type": "text", "value": "ไก่\n\nกด"}]
    assert not any(sign in told for sign in ("steal", "javascript", "evil", "passwd", "ลวง", "วาด", "ซ่อน", "<"))
    left = {line["code"] for part in found["parts"] for line in part["left"]}
    assert {"script", "embedded", "drawing", "picture_elsewhere"} <= left


def test_slides_with_macros_come_over_without_them(read, sample):
    found = read(changed(sample("chickens.pptx"), ppt__vbaProject_dot_bin=b"x"), "x.pptx")
    assert found["lessons"] and {"code": "macros", "details": {}, "count": 1} in found["parts"][0]["left"]


def test_a_pdf_loses_its_programs(read, tmp_path):
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("alert()")}
    )
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("evil.exe", b"MZ")
    made = io.BytesIO()
    writer.write(made)
    assert b"JavaScript" in made.getvalue() and b"EmbeddedFile" in made.getvalue()
    found = read(made.getvalue(), "x.pdf")
    assert "script" in {line["code"] for part in found["parts"] for line in part["left"]}
    kept = tmp_path / "media-of-reader" / found["lessons"][0]["blocks"][0]["value"]["media"]
    assert not any(sign in kept.read_bytes() for sign in (b"JavaScript", b"/AA", b"EmbeddedFile"))
    assert len(pypdf.PdfReader(kept).pages) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "windows-874", "utf-16", "utf-8-sig", "utf-16-le"])
def test_thai_is_read_in_the_alphabets_that_old_programs_write(encoding, read):
    words = "<h1>ไก่ไข่</h1><p>เลี้ยงง่าย ได้ไข่ทุกวัน — “สด”</p>".replace("—", "-")
    words = words.replace("“", '"').replace("”", '"')
    found = read(epub({"a.xhtml": html(words).encode("cp874" if encoding == "windows-874" else encoding)}), "x.epub")
    assert found["lessons"][0]["title"] == "ไก่ไข่"
    assert found["lessons"][0]["blocks"] == [{"type": "text", "value": 'เลี้ยงง่าย ได้ไข่ทุกวัน - "สด"'}]


def test_western_letters_of_windows_are_read_as_such(read):
    found = read(epub({"a.xhtml": html("<p>Café à la crème – naïve “façade”</p>").encode("cp1252")}), "x.epub")
    assert found["lessons"][0]["blocks"][0]["value"] == "Café à la crème – naïve “façade”"


def test_letters_that_cannot_be_read_are_told(read):
    found = read(
        epub({"a.xhtml": b"<html><body><p>" + "ไก่ไข่เลี้ยงง่าย".encode("cp874") + b"\xfc\xfd</p></body></html>"}), "x.epub"
    )
    assert "letters" in {line["code"] for part in found["parts"] for line in part["left"]}
    assert found["lessons"][0]["blocks"][0]["value"].startswith("ไก่ไข่เลี้ยงง่าย")


def test_a_gzip_that_is_no_tar_is_no_kind_of_ours(read):
    with pytest.raises(ImportProblem) as refused:
        read(gzipped_zeros(50 * limits.MB), "x.mbz")
    assert refused.value.code in ("unknown_kind", "broken")


def test_every_reason_and_every_line_of_a_report_has_its_words():
    """By what the readers' source says."""
    folder = Path(words.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "words.py")
    reasons = set(re.findall(r'ImportProblem\(\s*"([a-z_]+)"', source)) | set(
        re.findall(r'refused="([a-z_]+)"', source)
    )
    lines = set(re.findall(r'\.left\(\s*"([a-z_]+)"', source)) | set(re.findall(r'Unfit\("([a-z_]+)"', source))
    assert len(reasons) > 30 and reasons <= set(words.PROBLEMS)
    assert len(lines) > 30 and lines <= set(words.LEFT)
