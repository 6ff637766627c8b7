"""Books: every chapter with words becomes a lesson, in the order in which the book is read."""

from courses.authoring.importing import limits, pages, trees
from courses.authoring.importing.archives import shown
from courses.authoring.importing.letters import one_line, read_text
from courses.authoring.importing.problems import ImportProblem

CONTAINER = "META-INF/container.xml"
PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read(path, book, archive):
    _refuse_locked(archive)
    container = trees.parse(archive.need(CONTAINER))
    rootfile = container.find(".//rootfile")
    place = "" if rootfile is None else rootfile.get("full-path", "")
    package = trees.parse(archive.need(place or CONTAINER + "/rootfile"), doctype=True)
    book.title = one_line(trees.text_of(package, ".//metadata/title")) or book.title
    chapters = _spine(package, place)
    for number, chapter in enumerate(chapters, 1):
        book.progress(number - 1, len(chapters))
        _chapter(archive, chapter, number, book)
    _tell_the_rest(package, book)


def _refuse_locked(archive):
    """A shop's lock. Fonts are often mixed up, which locks nothing that a lesson needs."""
    if "META-INF/encryption.xml" not in archive:
        return
    locks = trees.parse(archive.read("META-INF/encryption.xml")).iter("EncryptionMethod")
    if any(lock.get("Algorithm") not in FONTS_ONLY for lock in locks):
        raise ImportProblem("locked")


def _spine(package, place):
    """The chapters' names in the archive."""
    items = {item.get("id"): item for item in package.iter("item")}
    found = []
    for reference in package.iter("itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in PAGES or "nav" in (item.get("properties") or "").split():
            continue
        if name := pages.place_of(item.get("href", ""), place):
            found.append(name)
    if len(found) > limits.PAGES:
        raise ImportProblem("too_many_lessons", most=limits.LESSONS)
    return found


def _chapter(archive, name, number, book):
    if name not in archive:
        book.part("chapter", number, shown(name)).left("file_missing", name=shown(name))
        return
    html, whole = read_text(archive.read(name, limits.XML_MEMBER))
    part = book.part("chapter", number, _title(html))
    part.lesson = book.lesson(part.title or (f"{book.title} {number}" if number > 1 else book.title))
    if not whole:
        part.left("letters")
    pages.put(pages.body_of(html), part, lambda source: picture(archive, book, part, source, name))
    if not part.took:
        book.lessons.remove(part.lesson)
        part.left("empty_page")
    elif not part.title:
        part.lesson.title = part.title = _first_heading(part.lesson.blocks) or part.lesson.title


def picture(archive, book, part, source, page):
    """The name of a picture that a page shows; None, and told, if it cannot come over."""
    name = pages.place_of(source, page)
    if name is None or name not in archive:
        part.left("picture_elsewhere" if name is None else "file_missing", **({"name": shown(name)} if name else {}))
        return None
    return book.media.picture(archive.read(name), part, name)


def _title(html):
    """Of its first heading; what stands in <title> is often the book's name or the program's."""
    found = pages.first_heading(html)
    return one_line(found)[: limits.TITLE]


def _first_heading(blocks):
    return next((block["value"] for block in blocks if block["type"] == "heading"), "")


def _tell_the_rest(package, book):
    """Sounds and films of the book, which pages name in ways that do not come over."""
    for item in package.iter("item"):
        kind = (item.get("media-type") or "").split("/")[0]
        if kind in ("audio", "video"):
            book.whole.left("sound_or_film")
        elif item.get("media-type") in ("text/javascript", "application/javascript", "application/ecmascript"):
            book.whole.left("script")
