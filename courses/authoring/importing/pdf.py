"""A PDF stays as it is, as a document to open; its words become text too, so that they are found and read out."""

import io
import logging

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NullObject

from courses.authoring.importing import limits
from courses.authoring.importing.letters import one_line, tidy
from courses.authoring.importing.problems import UNREADABLE, ImportProblem

BROKEN = (*UNREADABLE, PyPdfError)
LETTERS = 400_000  # of all pages together: a thick book

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity


def read(path, book, archive):
    data = path.read_bytes()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportProblem("locked")
        count = len(reader.pages)
        if count > limits.PAGES:
            raise ImportProblem("too_many_pages", count=count, most=limits.PAGES)
        book.title = _title(reader) or book.title
        texts = list(_texts(reader, book, count))
        kept = _harmless(reader, data, book.whole)
    except BROKEN as error:
        raise ImportProblem("broken") from error
    if not count:
        raise ImportProblem("nothing_found")
    lesson = book.lesson(book.title)
    document = book.part("file", None, "", lesson)
    document.add("document", {"media": book.media.keep(kept, "pdf"), "title": book.title})
    _put(texts, book, lesson)


def _title(reader):
    found = reader.metadata
    title = one_line(str(found.title)) if found and found.title else ""
    return "" if title.lower().startswith(("microsoft", "untitled")) or not _readable(title) else title


def _texts(reader, book, count):
    """The words of each page, or None where there are none that can be read."""
    together = 0
    for number, page in enumerate(reader.pages, 1):
        book.progress(number - 1, count)
        try:
            text = tidy(page.extract_text() or "").replace("ำา", "ำ")  # of fonts that write the vowel in two
        except BROKEN:
            text = ""
        together += len(text)
        if together > LETTERS:
            raise ImportProblem("too_many_letters", most=LETTERS)
        yield _joined(text) if text and _readable(text) else None


def _readable(text):
    """Fonts without a table of their letters give signs that mean nothing."""
    letters = [letter for letter in text if not letter.isspace()]
    odd = sum(not letter.isprintable() or "\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" for letter in letters)
    return odd * 10 <= len(letters)


def _joined(text):
    """Lines of a paragraph are lines of the paper; a short one, or one that ends a sentence, ends it."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    said = []
    for line in lines:
        said.append(line)
        said.append("\n" if len(line) < longest * 0.6 or line.endswith((".", "!", "?", ":", "ฯ")) else " ")
    return "".join(said).strip()


def _put(texts, book, lesson):
    silent = 0
    for number, text in enumerate(texts, 1):
        part = book.part("page", number, "", lesson)
        if text is None:
            silent += 1
            part.left("page_without_words")
        else:
            part.add("text", text)
    if silent == len(texts):
        book.whole.left("no_words")
    book.whole.left("pdf_pictures")


def harmless(data, part):
    """The same file without the programs in it, if it has any. Raises ImportProblem for one that cannot be read."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportProblem("locked")
        return _harmless(reader, data, part)
    except BROKEN as error:
        raise ImportProblem("broken") from error


def _harmless(reader, data, part):
    if not any(_programs(reader)):
        return data
    part.left("script")
    return _without_actions(reader)


def _programs(reader):
    """Whether each of the places where a PDF may hold a program or another file does so."""
    root = reader.trailer["/Root"]
    names = root.get("/Names", DictionaryObject()).get_object()
    yield any(key in root and not _only_goes(root[key]) for key in ("/OpenAction", "/AA"))
    yield any(key in names for key in ("/JavaScript", "/EmbeddedFiles"))
    yield "/XFA" in root.get("/AcroForm", DictionaryObject()).get_object()
    for page in reader.pages:
        yield "/AA" in page
        for note in page.get("/Annots", ArrayObject()).get_object():
            note = note.get_object()
            yield "/AA" in note or "/FS" in note or not _only_goes(note.get("/A", NullObject()))


def _only_goes(action):
    """To another page or an address: that is no program."""
    action = action.get_object()
    return not isinstance(action, DictionaryObject) or action.get("/S") in ("/GoTo", "/URI")


def _without_actions(reader):
    writer = pypdf.PdfWriter()
    for page in reader.pages:
        copy = writer.add_page(page)
        for key in ("/AA", "/Annots"):
            if key in copy:
                del copy[key]
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()
