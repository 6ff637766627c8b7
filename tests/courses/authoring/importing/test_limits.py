"""What reading may cost: at most 300 MB and a minute, shown of the process itself, however the file tries."""

import io
import json
import random
import signal
import subprocess
import sys
import time
import zipfile
from xml.sax.saxutils import escape

import pypdf
import pytest
from django.conf import settings
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from courses.authoring.importing import child, limits
from courses.authoring.importing.problems import ImportProblem
from tests.courses.authoring.importing.packing import (
    Moodle,
    answers,
    cartridge,
    epub,
    html,
    picture,
    qti,
    qti_choices,
    qti_item,
    qti_right,
    unzipped,
    zipped,
)

pytestmark = pytest.mark.slow


ALONE = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", *sys.argv[1:]], stdout=subprocess.DEVNULL)
print(json.dumps([done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def cost(data, name, tmp_path):
    """(what was found or how the reader ended, megabytes at the highest, seconds).

    A small process of its own starts it: a child's highest mark begins with what its parent has in memory.
    """
    folder, file = tmp_path / "folder", tmp_path / "file"
    folder.mkdir()
    file.write_bytes(data)
    began = time.monotonic()
    command = [sys.executable, "-c", ALONE, child.READER, file, folder, name]
    told = subprocess.run(command, cwd=settings.BASE_DIR, env=child.ENVIRONMENT, capture_output=True, timeout=100)
    code, megabytes = json.loads(told.stdout)
    found = (folder / child.FOUND).read_text(encoding="utf-8") if (folder / child.FOUND).exists() else code
    return found, megabytes, time.monotonic() - began


def large_photo(kind, side):
    drawn = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(drawn, kind, quality=60)
    return drawn.getvalue()


def show_of(photos, sample):
    """Slides whose only picture is one of these, in a file as large as may be."""
    members = unzipped(sample("chickens.pptx"))
    name = next(name for name in members if name.startswith("ppt/media/"))
    return zipped(members | {name: photos}, zipfile.ZIP_STORED)


def many_paragraphs(sample, size):
    members = unzipped(sample("banana.docx"))
    text = members["word/document.xml"].decode()
    begin = text.index("<w:body>") + len("<w:body>")
    chance = random.Random(1)
    more = "".join(f"<w:p><w:r><w:t>{chance.randbytes(6).hex()}</w:t></w:r></w:p>" for _each in range(size // 45))
    return zipped(members | {"word/document.xml": text[:begin] + more + text[begin:]})


def long_pdf():
    """300 pages of one small page, each with words of its own."""
    writer = pypdf.PdfWriter()
    for number in range(limits.PAGES):
        words = " ".join(f"({number}-{place}) Tj T*" for place in range(150))
        stream = StreamObject()
        stream.set_data(f"BT /F 9 Tf 9 TL 20 800 Td {words} ET".encode())
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F"): font})
        page = writer.add_blank_page(600, 820)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def tags(count):
    chance = random.Random(2)
    return "".join(f"<b>{chance.randbytes(3).hex()}</b>" for _each in range(count))


def large_backup():
    """A Moodle course: a bank of 900 questions, half of them asked, a long page and a large photo in each part."""
    course, photo, why = Moodle("วิชาใหญ่"), large_photo("JPEG", 2300), "เพราะ" * 150
    for number in range(1, 11):
        course.section(number, f"ส่วนที่ {number}")
        shown = escape(tags(10_000) + f'<img src="@@PLUGINFILE@@/{number}.jpg">')
        context = course.activity("page", number, "อ่าน", f"<intro/><content>{shown}</content>")
        course.file(context, "mod_page", "content", f"{number}.jpg", photo + bytes([number]))
        choices = answers((1, "ใช่", 1, why), (2, "ไม่ใช่", 0, why))
        inner = f"{choices}<multichoice><single>1</single></multichoice>"
        asked = [course.question("multichoice", f"ข้อ {number}-{place}", inner) for place in range(45)]
        course.quiz(number, "ลองตอบ", asked)
    while len(course.questions) < 900:
        course.question("essay", "ไม่มีใครถาม" * 150, "<essay></essay>")
    return course.as_tar()


def large_cartridge():
    """Ten folders, each with a page of 10,000 tags, a large photo and 45 questions with long explanations."""
    photo, items, resources, files = large_photo("JPEG", 2300), "", [], {}
    labels, right = [("a", "ใช่"), ("b", "ไม่ใช่")], qti_right("<varequal respident='r'>a</varequal>")
    why = f"<material><mattext texttype='text/plain'>{'เพราะ' * 150}</mattext></material>"
    why = f"<itemfeedback ident='general_fb'>{why}</itemfeedback>"
    for number in range(10):
        asked = [
            qti_item("multiple_choice", f"ข้อ {number}-{place}", qti_choices(labels), right, why) for place in range(45)
        ]
        files |= {
            f"{number}/page.html": html(f'{tags(10_000)}<img src="photo.jpg" alt="รูป">'),
            f"{number}/photo.jpg": photo + bytes([number]),
            f"{number}/quiz.xml": qti(*asked),
        }
        resources += [
            (f"p{number}", "webcontent", f"{number}/page.html"),
            (f"q{number}", "imsqti_xmlv1p2/imscc_xmlv1p3/assessment", f"{number}/quiz.xml"),
        ]
        inner = f'<item identifierref="p{number}"><title>อ่าน</title></item>'
        inner += f'<item identifierref="q{number}"><title>ลองตอบ</title></item>'
        items += f"<item><title>บทที่ {number}</title>{inner}</item>"
    return cartridge(items, resources, files)


HEAVY = {
    "a photo of 100 million dots": ("x.pptx", lambda s: show_of(large_photo("JPEG", 6000), s)),
    "a drawing of 400 million dots": ("x.pptx", lambda s: show_of(picture("PNG", (20_000, 20_000)), s)),
    "a paper with as much text as may be": ("x.docx", lambda s: many_paragraphs(s, limits.XML_MEMBER * 9 // 10)),
    "a page of 300,000 tags": ("x.epub", lambda s: epub({"a.xhtml": html(tags(300_000))})),
    "a page of 50,000 boxes in each other": ("x.epub", lambda s: epub({"a.xhtml": html("<div>" * 50_000)})),
    "a page of tables in tables": ("x.epub", lambda s: epub({"a.xhtml": html("<table><tr><td>" * 15_000)})),
    "as many words as a PDF may have": ("x.pdf", lambda s: long_pdf()),
}  # fmt: skip


def ten_pictures():
    pages = {f"c{n}.xhtml": html(f'<h1>{n}</h1><img src="p{n}.png">') for n in range(10)}
    pictures = {f"OEBPS/p{n}.png": picture("PNG", (4400, 4500), (n, 2 * n, 3 * n)) for n in range(10)}
    return epub(pages, pictures)


@pytest.mark.parametrize("name", HEAVY)
def test_reading_takes_at_most_300_megabytes_and_a_minute(name, sample, tmp_path):
    file_name, make = HEAVY[name]
    found, megabytes, seconds = cost(make(sample), file_name, tmp_path)
    assert isinstance(found, str) or found < 0, "it ended by a fault of its own"
    assert 10 < megabytes <= 300
    assert seconds <= 62
    assert "too_much_memory" not in str(found)


def test_large_photos_come_over_small(sample, tmp_path):
    found, megabytes, _seconds = cost(ten_pictures(), "x.epub", tmp_path)
    assert len(json.loads(found)["lessons"]) == 10
    pictures = sorted((tmp_path / "folder").glob("*.jpg"))
    assert len(pictures) == 10 and megabytes <= 300
    with Image.open(pictures[0]) as picture:
        assert max(picture.size) == limits.PICTURE_SIDE


@pytest.mark.parametrize(("name", "make"), [("x.mbz", large_backup), ("x.imscc", large_cartridge)])
def test_a_whole_course_of_another_program_comes_over_within_them(name, make, tmp_path):
    data = make()
    assert limits.FILE / 2 < len(data) <= limits.FILE
    found, megabytes, seconds = cost(data, name, tmp_path)
    lessons = json.loads(found)["lessons"]
    assert len(lessons) == 10
    assert all(sum(block["type"] == "single_choice" for block in lesson["blocks"]) == 45 for lesson in lessons)
    assert len(list((tmp_path / "folder").glob("*.jpg"))) == 10
    assert 10 < megabytes <= 300
    assert seconds <= 62


def run(script):
    return subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=100
    )


def test_a_reader_that_wants_more_memory_is_refused_it():
    """Whatever a file brings a library to do."""
    done = run(
        "from courses.authoring.importing.reading import restrict; restrict()\n"
        "kept = []\n"
        "try:\n  while True: kept.append(b'x' * (8 << 20))\n"
        "except MemoryError: print(len(kept) * 8)\n"
    )
    assert 200 < int(done.stdout) < 300


def test_a_reader_that_does_not_end_is_ended():
    done = run(
        "from courses.authoring.importing import limits; limits.WALL_SECONDS = 1\n"
        "from courses.authoring.importing.reading import restrict; restrict()\n"
        "while True: pass\n"
    )
    assert done.returncode == -signal.SIGALRM


@pytest.mark.parametrize("end", [signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL])
def test_a_reader_that_was_ended_took_too_long(end, tmp_path):
    with pytest.raises(ImportProblem) as refused:
        child._understood(-end, tmp_path, tmp_path)
    assert refused.value.code == "took_too_long"


def test_a_reader_that_crashed_tells_that_the_file_is_broken(tmp_path):
    said = tmp_path / "said"
    said.write_text("Segmentation fault")
    with pytest.raises(ImportProblem) as refused:
        child._understood(-signal.SIGSEGV, tmp_path, said)
    assert refused.value.code == "broken"


def test_a_reader_knows_no_secrets_of_the_site():
    """Neither the environment nor the settings with the key and the database's password come with it."""
    assert set(child.ENVIRONMENT) == {"PATH", "LANG", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}
    done = run(
        "import sys, pkgutil, importlib, courses.authoring.importing as home\n"
        "names = ['reading', 'pptx', 'docx', 'epub', 'pdf', 'moodle.backup', 'cartridge.manifest', 'kinds', 'book']\n"
        "for name in names: importlib.import_module(f'{home.__name__}.{name}')\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])\n"
    )
    assert done.stdout == "[]\n", done.stderr
