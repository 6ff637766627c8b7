"""Sections and what is in them: each section of the course with something that comes over becomes a lesson."""

from courses.authoring.importing import limits, pages, trees
from courses.authoring.importing.letters import one_line
from courses.authoring.importing.moodle.files import Files, put_file
from courses.authoring.importing.moodle.questions import Questions


def read(path, book, archive):
    backup = trees.parse(archive.need("moodle_backup.xml"))
    book.title = one_line(trees.text_of(backup, ".//original_course_fullname")) or book.title
    Backup(archive, book).read(backup)


class Backup:
    """One course. `sections` are {id: Lesson}, made when the first activity of a section comes over."""

    def __init__(self, archive, book):
        self.archive, self.book = archive, book
        self.files = Files(archive)
        self.questions = Questions(archive, self.files, book)

    def read(self, backup):
        sections = [each for each in backup.iter("section") if each.find("sectionid") is not None]
        activities = [each for each in backup.iter("activity") if each.find("moduleid") is not None]
        by_section = {}
        for activity in activities:
            by_section.setdefault(trees.text_of(activity, "sectionid"), []).append(activity)
        known = [trees.text_of(section, "sectionid") for section in sections]
        done = 0
        for number, key in enumerate([*known, *(each for each in by_section if each not in known)]):
            section = next((each for each in sections if trees.text_of(each, "sectionid") == key), None)
            done = self._section(section, by_section.get(key, []), number, done, len(activities))
        self._unused()

    def _section(self, section, activities, number, done, total):
        tree = self._tree(section, "section.xml")
        title = self._section_title(section, tree, number)
        lesson = self.book.lesson(title)
        part = self.book.part("section", number, title, lesson)
        if tree is not None:
            areas = self.files.shower(self.book, part, _any_context(self.files, tree), ["section"])
            pages.put(trees.text_of(tree, "summary"), part, areas)
            activities = _in_order(activities, trees.text_of(tree, "sequence"))
        for activity in activities:
            self.book.progress(done, total)
            self._activity(activity, lesson)
            done += 1
        if not lesson.blocks:
            self.book.lessons.remove(lesson)
        return done

    def _section_title(self, section, tree, number):
        named = one_line(trees.text_of(tree, "name")) if tree is not None else ""
        named = "" if named in ("$@NULL@$", "") else named
        told = one_line(trees.text_of(section, "title")) if section is not None else ""
        plain = f"{self.book.title} {number}" if number else self.book.title
        return named or ("" if told.isdigit() else told) or plain

    def _tree(self, entry, file):
        """The file of a section or an activity, by the folder that the backup's list names."""
        folder = trees.text_of(entry, "directory") if entry is not None else ""
        name = f"{folder}/{file}"
        return trees.parse(self.archive.read(name, limits.XML_MEMBER)) if name in self.archive else None

    def _activity(self, activity, lesson):
        kind, title = trees.text_of(activity, "modulename"), one_line(trees.text_of(activity, "title"))
        part = self.book.part(kind if kind in KNOWN else "activity", None, title, lesson)
        tree = self._tree(activity, f"{kind}.xml")
        inner = None if tree is None else tree.find(kind) if tree.find(kind) is not None else tree
        if tree is None:
            part.left("file_missing", name=title[:80])
        elif kind in KNOWN:
            context = tree.get("contextid", "")
            KNOWN[kind](self, inner, context, title, part)
        else:
            part.left("activity_kind", name=kind[:40])

    def _html(self, tree, path, context, areas, part):
        pages.put(trees.text_of(tree, path), part, self.files.shower(self.book, part, context, areas))

    def _page(self, tree, context, title, part):
        part.add("heading", title)
        self._html(tree, "intro", context, ["intro"], part)
        self._html(tree, "content", context, ["content"], part)

    def _label(self, tree, context, title, part):
        self._html(tree, "intro", context, ["intro"], part)

    def _book(self, tree, context, title, part):
        part.add("heading", title)
        self._html(tree, "intro", context, ["intro"], part)
        for chapter in tree.iter("chapter"):
            part.add("heading", trees.text_of(chapter, "title"))
            picture = self.files.shower(self.book, part, context, ["chapter"], chapter.get("id"))
            pages.put(trees.text_of(chapter, "content"), part, picture)

    def _url(self, tree, context, title, part):
        self._html(tree, "intro", context, ["intro"], part)
        part.add("text", f"{title}\n{one_line(trees.text_of(tree, 'externalurl'))}")

    def _resource(self, tree, context, title, part):
        """A file, or several of a folder."""
        self._html(tree, "intro", context, ["intro"], part)
        found = self.files.of(context, "content")
        if not found:
            part.left("file_missing", name=title[:80])
        for name, (digest, _item) in found.items():
            try:
                data = self.files.bytes_of(digest)
            except KeyError:
                part.left("file_missing", name=name[:80])
                continue
            put_file(data, name, title if len(found) == 1 else name.rpartition("/")[2], part, self.book)

    def _quiz(self, tree, context, title, part):
        part.add("heading", title)
        self._html(tree, "intro", context, ["intro"], part)
        self.questions.put_quiz(tree, part)

    def _unused(self):
        """Questions of the bank that no quiz asks stay behind, and are counted."""
        left = self.questions.unused()
        if left:
            self.book.whole.left("questions_of_the_bank", number=left)


KNOWN = {
    "page": Backup._page,
    "label": Backup._label,
    "book": Backup._book,
    "url": Backup._url,
    "resource": Backup._resource,
    "folder": Backup._resource,
    "quiz": Backup._quiz,
}


def _in_order(activities, sequence):
    places = {key.strip(): place for place, key in enumerate(sequence.split(","))}
    return sorted(activities, key=lambda each: places.get(trees.text_of(each, "moduleid"), len(places)))


def _any_context(files, tree):
    """Summaries name files of the course's own context, which their file does not tell: the one with this section's."""
    key = tree.get("id", "")
    contexts = [
        context
        for (context, area), names in files.places.items()
        if area == "section"
        for _digest, item in names.values()
        if item == key
    ]
    return contexts[0] if contexts else ""
