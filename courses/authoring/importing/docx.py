"""Papers: headings, paragraphs, numbered lists as steps, tables, and pictures where they stand."""

import docx as word
from docx.oxml.ns import qn

from courses.authoring.importing import office
from courses.authoring.importing.letters import one_line, tidy
from courses.authoring.importing.problems import ImportProblem

TITLES = {"title", "heading 1"}
NUMBERED = {"decimal", "decimalZero", "thaiNumbers", "thaiLetters", "thaiCounting", "upperRoman", "lowerRoman"}
NUMBERED |= {"upperLetter", "lowerLetter", "ordinal"}
RID, EMBED = qn("r:id"), qn("r:embed")
TOLD = {"footnotereference": "notes", "endnotereference": "notes", "commentreference": "comments"}
TOLD |= {"chart": "chart", "oleobject": "embedded", "relids": "drawing", "omath": "formula", "altchunk": "embedded"}


def read(path, book, archive):
    office.look_through(archive, book.whole)
    if "macroEnabled" in archive.need("[Content_Types].xml").decode("utf-8", "replace"):
        raise ImportProblem("macro_document")
    with office.errors():
        document = word.Document(str(path))
        book.title = one_line(document.core_properties.title or "") or book.title
        for twin in list(document.element.body.iter("{*}Fallback")):  # the same again, for older programs
            twin.getparent().remove(twin)
        Paper(document, book).read()


class Paper:
    """One document, as one lesson. Numbered paragraphs in a row become steps together."""

    def __init__(self, document, book):
        self.document, self.book = document, book
        self.formats, self.styles = _formats(document), _styles(document)
        self.steps, self.said = [], []
        self.part = None

    def read(self):
        children = list(self.document.element.body)
        titled = next((words for each in children if (words := self._title(each))), "")
        self.book.title = titled or self.book.title
        self.lesson = self.book.lesson(self.book.title)
        self._begin("")
        for number, child in enumerate(children):
            if number % 50 == 0:
                self.book.progress(number, len(children))
            self._element(child)
        self._end()

    def _begin(self, title):
        """A part of the report for each section of the paper."""
        self._end()
        if self.part is not None and not self.part.took and not self.part.lines and not self.part.title:
            self.part.title = title
            return
        self.part = self.book.part("section", len(self.book.parts) + 1, title, self.lesson)

    def _element(self, child):
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "p":
            self._paragraph(child)
        elif tag == "tbl":
            self._end()
            self._table(child)
        elif tag in ("sdt", "customXml", "ins"):
            for inner in child.iterchildren():
                if inner.tag.rpartition("}")[2] == "sdtContent":
                    for each in inner:
                        self._element(each)
                elif tag != "sdt":
                    self._element(inner)
        elif tag.lower() in TOLD:
            self.part.left(TOLD[tag.lower()])

    def _paragraph(self, paragraph):
        words, style = _words(paragraph), self._style(paragraph)
        self._tell(paragraph)
        if style.startswith("heading") or style in TITLES or _is_bold_line(paragraph, words):
            if words:
                self._begin(words)
                self.part.add("heading", words)
        elif words and (kind := self._list_kind(paragraph, style)):
            self._listed(kind, words)
        elif words:
            self._end_steps()
            self.said.append(words)
        self._pictures(paragraph)

    def _listed(self, kind, words):
        if kind == "numbered":
            self._end_text()
            self.steps.append(one_line(words))
        else:
            self._end_steps()
            self.said.append(f"• {words}")

    def _style(self, paragraph):
        """Its name in English, whatever the language of the program that wrote it."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        wanted = "" if found is None else found.get(qn("w:val"), "")
        return self.styles.get(wanted, wanted).lower()

    def _title(self, child):
        return one_line(_words(child)) if child.tag == qn("w:p") and self._style(child) in TITLES else ""

    def _list_kind(self, paragraph, style):
        number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None and number.get(qn("w:val")) != "0":
            level = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
            level = "0" if level is None else level.get(qn("w:val"), "0")
            return "numbered" if self.formats.get((number.get(qn("w:val")), level)) in NUMBERED else "dotted"
        return "numbered" if "list number" in style else "dotted" if "list bullet" in style else None

    def _tell(self, paragraph):
        for node in paragraph.iter():
            if isinstance(node.tag, str):
                code = TOLD.get(node.tag.rpartition("}")[2].lower())
                if code:
                    self.part.left(code)

    def _pictures(self, element):
        for drawing in [*element.iter("{*}blip"), *element.iter("{*}imagedata")]:
            rid = drawing.get(EMBED) or drawing.get(RID)
            self._end()
            self._picture(rid, drawing)

    def _picture(self, rid, drawing):
        related = self.document.part.rels.get(rid) if rid else None
        if related is None or related.is_external:
            self.part.left("picture_elsewhere")
            return
        target = related.target_part
        name = self.book.media.picture(target.blob, self.part, str(target.partname))
        if name:
            self.part.add("picture", {"media": name, "alt": _described(drawing)})

    def _table(self, table):
        rows = []
        for row in table.iterchildren(qn("w:tr")):
            cells = ["\n".join(_words(p) for p in cell.iter(qn("w:p"))) for cell in row.iterchildren(qn("w:tc"))]
            rows.append(cells)
        if rows and max(map(len, rows)) == 1:
            self.part.add("text", "\n\n".join(row[0] for row in rows if row))
        elif rows:
            self.part.add("table", {"head": rows[0], "rows": rows[1:]})
        self._pictures(table)

    def _end(self):
        self._end_steps()
        self._end_text()

    def _end_steps(self):
        if self.steps:
            self.part.add("steps", list(self.steps))
            self.steps.clear()

    def _end_text(self):
        if self.said:
            self.part.add("text", "\n\n".join(self.said))
            self.said.clear()


def _words(paragraph):
    """What is seen: the text of runs, links and boxes, and not what was deleted."""
    said = []
    for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab")):
        said.append({"t": node.text or "", "tab": " "}.get(node.tag.rpartition("}")[2], "\n"))
    return tidy("".join(said))


def _is_bold_line(paragraph, words):
    """What many write instead of a heading: a short line of its own, all of it bold, that is no sentence."""
    runs = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    bold = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    listed = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    in_table = next(paragraph.iterancestors(qn("w:tbl")), None) is not None
    is_bold = bool(bold) and all(each is not None and each.get(qn("w:val")) not in ("0", "false") for each in bold)
    return (
        is_bold and 0 < len(words) <= 80 and "\n" not in words and words[-1] not in ".,;" and not (listed or in_table)
    )


def _described(drawing):
    """What the author wrote of a picture, in Word's way."""
    for parent in drawing.iterancestors("{*}inline", "{*}anchor"):
        described = parent.find("{*}docPr")
        if described is not None:
            return described.get("descr", "")
    return ""


def _styles(document):
    """{id of a style: its name}"""
    named = {
        style.get(qn("w:styleId")): style.find(qn("w:name")) for style in document.styles.element.iter(qn("w:style"))
    }
    return {key: name.get(qn("w:val"), "") for key, name in named.items() if name is not None}


def _formats(document):
    """{(numId, level): how it counts}"""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds = {
        (each.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): _format(level)
        for each in numbering.iterchildren(qn("w:abstractNum"))
        for level in each.iterchildren(qn("w:lvl"))
    }
    formats = {}
    for number in numbering.iterchildren(qn("w:num")):
        abstract = number.find(qn("w:abstractNumId"))
        if abstract is not None:
            mine = {key: kind for key, kind in kinds.items() if key[0] == abstract.get(qn("w:val"))}
            formats |= {(number.get(qn("w:numId")), level): kind for (_abstract, level), kind in mine.items()}
    return formats


def _format(level):
    found = level.find(qn("w:numFmt"))
    return None if found is None else found.get(qn("w:val"))
