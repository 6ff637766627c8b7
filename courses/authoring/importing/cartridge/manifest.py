"""The list of a cartridge: each folder at its top becomes a lesson, and what stands beside the folders another."""

from courses.authoring.importing import limits, pages, trees
from courses.authoring.importing.archives import shown
from courses.authoring.importing.cartridge.questions import put_assessment
from courses.authoring.importing.epub import picture
from courses.authoring.importing.letters import one_line, read_text
from courses.authoring.importing.moodle.files import put_file

HTML = (".html", ".htm", ".xhtml")
DEEPEST = 12
NOT_OURS = {"imsdt": "discussion", "imsbasiclti": "other_site", "imsapip": "other_site"}


def read(path, book, archive):
    manifest = trees.parse(archive.need("imsmanifest.xml"))
    book.title = one_line(trees.text_of(manifest, ".//metadata//general/title")) or book.title
    Cartridge(archive, book, manifest).read()


class Cartridge:
    def __init__(self, archive, book, manifest):
        self.archive, self.book, self.manifest = archive, book, manifest
        self.resources = {each.get("identifier"): each for each in manifest.iter("resource")}
        self.used = set()
        self.total = max(1, sum(1 for _item in manifest.iter("item")))
        self.done = 0

    def read(self):
        organization = self.manifest.find(".//organizations/organization")
        top = [] if organization is None else list(organization.findall("item"))
        if len(top) == 1 and not top[0].get("identifierref"):
            top = list(top[0].findall("item"))
        beside = None
        for item in top:
            if item.find("item") is not None:
                lesson = self.book.lesson(_title(item) or self.book.title)
            else:
                beside = lesson = beside or self.book.lesson(self.book.title)
            self._item(item, lesson, 0)
        self.book.lessons = [lesson for lesson in self.book.lessons if lesson.blocks]
        self._rest()

    def _item(self, item, lesson, depth):
        self.book.progress(self.done, self.total)
        self.done += 1
        resource = self.resources.get(item.get("identifierref"))
        if resource is not None:
            self.used.add(resource.get("identifier"))
            self._resource(resource, _title(item), lesson)
        elif item.get("identifierref"):
            self.book.part("item", None, _title(item), lesson).left("file_missing", name=_title(item)[:80])
        if depth < DEEPEST:
            inner = item.findall("item")
            if inner and depth:
                self.book.part("item", None, _title(item), lesson).add("heading", _title(item))
            for each in inner:
                self._item(each, lesson, depth + 1)
        elif item.find("item") is not None:
            self.book.whole.left("too_deep_items")

    def _resource(self, resource, title, lesson):
        kind = resource.get("type", "").lower()
        part = self.book.part("item", None, title, lesson)
        other = next((code for sign, code in NOT_OURS.items() if kind.startswith(sign)), None)
        if kind.startswith("imsqti") or "/assessment" in kind:
            part.add("heading", title)
            self._with_tree(resource, part, lambda tree, name: put_assessment(tree, part, self._shower(part, name)))
        elif kind.startswith("imswl"):
            self._with_tree(resource, part, lambda tree, name: _link(tree, title, part))
        elif other == "discussion":
            self._with_tree(resource, part, lambda tree, name: self._topic(tree, name, title, part))
        elif other:
            part.left(other)
        else:
            self._file(resource, title, part)

    def _name(self, resource):
        """Its file; some programs tell it only inside."""
        file = resource.find("file")
        source = resource.get("href") or ("" if file is None else file.get("href", ""))
        return pages.place_of(source) or ""

    def _with_tree(self, resource, part, use):
        name = self._name(resource)
        if name in self.archive:
            use(trees.parse(self.archive.read(name, limits.XML_MEMBER), doctype=True), name)
        else:
            part.left("file_missing", name=shown(name))

    def _file(self, resource, title, part):
        name = self._name(resource)
        if name not in self.archive:
            part.left("file_missing", name=shown(name))
            return
        if not name.lower().endswith(HTML):
            put_file(self.archive.read(name), name, title, part, self.book)
            return
        html, whole = read_text(self.archive.read(name, limits.XML_MEMBER))
        if not whole:
            part.left("letters")
        if one_line(title) and pages.first_heading(html) != one_line(title):
            part.add("heading", title)
        pages.put(pages.body_of(html), part, self._shower(part, name))

    def _shower(self, part, page):
        """Pictures by their place beside the page, or in the cartridge's own folder of files."""

        def found(source):
            for sign in ("$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24", "$IMS_CC_FILEBASE$"):
                if sign in source:
                    inside = source.partition(sign)[2].lstrip("/")
                    inside = next(
                        (
                            way
                            for way in (f"web_resources/{inside}", inside)
                            if (pages.place_of(way) or "") in self.archive
                        ),
                        inside,
                    )
                    return picture(self.archive, self.book, part, inside, "")
            return picture(self.archive, self.book, part, source, page)

        return found

    def _topic(self, tree, name, title, part):
        """What a discussion asks is something to think over."""
        part.left("discussion")
        part.add("heading", title or trees.text_of(tree, "title"))
        pages.put(trees.text_of(tree, "text"), part, self._shower(part, name))

    def _rest(self):
        """Files that no page of the list opens are pictures of pages, or were not shown to learners either."""
        for key, resource in self.resources.items():
            kind = resource.get("type", "")
            if key not in self.used and "question-bank" in kind:
                self.book.whole.left("bank_of_cartridge")


def _title(item):
    return one_line(trees.text_of(item, "title"))


def _link(tree, title, part):
    address = tree.find(".//url")
    part.add("text", f"{title}\n{'' if address is None else address.get('href', '')}")
