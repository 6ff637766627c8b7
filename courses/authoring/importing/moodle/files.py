"""The files of a backup: kept by what is in them, and found by the place that shows them."""

import re
from urllib.parse import unquote

from courses.authoring.importing import limits, media, trees
from courses.authoring.importing.archives import shown
from courses.authoring.importing.problems import ImportProblem

HASH = re.compile("[0-9a-f]{40}")
HERE = "@@PLUGINFILE@@"


class Files:
    """`files.xml`: {(context, area, item): {name: (hash, type)}}"""

    def __init__(self, archive):
        self.archive, self.places = archive, {}
        for file in trees.parse(archive.read("files.xml")).iter("file") if "files.xml" in archive else ():
            said = {name: trees.text_of(file, name) for name in ("contenthash", "contextid", "filearea", "itemid")}
            name = (trees.text_of(file, "filepath", "/") + trees.text_of(file, "filename")).lstrip("/")
            if name and not name.endswith(".") and HASH.fullmatch(said["contenthash"]):
                place = (said["contextid"], said["filearea"])
                self.places.setdefault(place, {})[name] = (said["contenthash"], said["itemid"])

    def of(self, context, area):
        return self.places.get((context, area), {})

    def bytes_of(self, digest):
        name = f"files/{digest[:2]}/{digest}"
        if name not in self.archive:
            raise KeyError(name)
        return self.archive.read(name)

    def shower(self, book, part, context, areas, item=None):
        """What `pages.put` asks for the pictures of an activity's text."""

        def picture(source):
            name = _name_of(source)
            if name is None:
                part.left("picture_elsewhere")
                return None
            for area in areas:
                found = self.of(context, area).get(name)
                if found and (item is None or found[1] in (item, "0")):
                    return self._picture(book, part, found[0], name)
            part.left("file_missing", name=shown(name))
            return None

        return picture

    def _picture(self, book, part, digest, name):
        try:
            return book.media.picture(self.bytes_of(digest), part, name)
        except KeyError:
            part.left("file_missing", name=shown(name))
            return None


def _name_of(source):
    if HERE not in source and "PLUGINFILE" not in source:
        return None
    return unquote(source.rpartition("PLUGINFILE@@")[2].split("?")[0]).lstrip("/")


def put_file(data, name, title, part, book):
    """A file of its own: a picture as a picture, a document to open; anything else is told."""
    if media.looks_like_a_picture(data):
        if kept := book.media.picture(data, part, name):
            part.add("picture", {"media": kept, "alt": "", "caption": title})
        return
    ending = media.document_kind(data, name)
    if ending is None:
        part.left("file_kind", name=shown(name))
        return
    if ending == "pdf":
        from courses.authoring.importing import pdf

        try:
            data = pdf.harmless(data, part)
        except ImportProblem:
            part.left("file_kind", name=shown(name))
            return
    part.add("document", {"media": book.media.keep(data, ending), "title": (title or name)[: limits.TITLE]})
