"""HTML that others wrote, as blocks: cleaned by nh3 first, then told as headings, text, steps, tables and pictures."""

import re
from urllib.parse import unquote

import nh3
from lxml import etree
from lxml import html as lxml_html

from courses.authoring.importing import limits
from courses.authoring.importing.letters import one_line, tidy
from courses.authoring.importing.problems import ImportProblem

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s"}
INLINE |= {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"}
BOXES = {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "blockquote", "pre", "center"}
BOXES |= {"figure", "figcaption", "address", "dl", "dt", "dd", "details", "summary", "hgroup", "body", "html"}
TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
LISTS = {"ol", "ul", "li"}
ALLOWED = HEADINGS | INLINE | BOXES | TABLES | LISTS | {"br", "hr", "img"}
DROPPED = {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "form"}
DROPPED |= {"audio", "video", "canvas", "select", "textarea", "button", "head", "title", "noembed", "noframes", "xmp"}
TOLD = {
    "script": re.compile(r"<\s*script|\son[a-z]{3,20}\s*=|javascript:", re.I),
    "drawing": re.compile(r"<\s*(svg|math|canvas)\b", re.I),
    "embedded": re.compile(r"<\s*(iframe|object|embed|applet)\b", re.I),
    "sound_or_film": re.compile(r"<\s*(audio|video)\b", re.I),
}
_MANY_TAGS = re.compile(r"<[a-zA-Z]")
TAGS = 60_000


def cleaned(html):
    """Only what a lesson can say; no script, style, form, drawing or address to elsewhere is left."""
    if len(html) > limits.XML_MEMBER or len(_MANY_TAGS.findall(html)) > TAGS:
        raise ImportProblem("xml_too_large", megabytes=limits.XML_MEMBER // limits.MB)
    attributes = {"img": {"src", "alt"}, "a": {"href"}, "ol": {"start"}}
    kept = ALLOWED - {"head", "title"}
    return nh3.clean(
        html, tags=kept, clean_content_tags=DROPPED - kept, attributes=attributes, link_rel=None, strip_comments=True
    )


def plain(html):
    """The words of a short piece, such as a question or an answer."""
    if "<" not in html and "&" not in html:
        return tidy(html)
    return tidy("\n".join(words_of(block) for block in Walk(lambda source: None).blocks_of(html)))


def words_of(block):
    kind, value = block
    if kind in ("heading", "text"):
        return value
    if kind == "steps":
        return "\n".join(value)
    if kind == "table":
        return "\n".join(" · ".join(row) for row in [value["head"], *value["rows"]])
    return ""


def put(html, part, picture=lambda source: None):
    """All that a page says, into the part's lesson. `picture(source)` gives the name of its file, or None."""
    for code, sign in TOLD.items():
        if sign.search(html):
            part.left(code)
    for kind, value in Walk(picture, part).blocks_of(html):
        part.add(kind, value)


class Walk:
    """One page. Words are gathered until something else than a text begins."""

    def __init__(self, picture, part=None):
        self.picture, self.part = picture, part
        self.found, self.words = [], []

    def blocks_of(self, html):
        tree = _tree(cleaned(html))
        if tree is not None:
            self._box(tree, 0)
        self._end_text()
        return self.found

    def _box(self, element, depth):
        """A box's own words and what stands in it."""
        if depth > limits.DEPTH:
            raise ImportProblem("too_deep")
        self.words.append(_spaced(element.text))
        for child in element:
            self._child(child, depth)
            self.words.append(_spaced(child.tail))

    def _child(self, child, depth):
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in HEADINGS:
            self._end_text()
            self._pictures_in(child)
            self.found.append(("heading", one_line(_said(child))))
        elif tag in ("ol", "ul"):
            self._list(child, depth)
        elif tag == "table":
            self._table(child)
        elif tag == "img":
            self._image(child)
        elif tag == "br":
            self.words.append("\n")
        elif tag in INLINE:
            self._inline(child, depth)
        elif tag:
            self.words.append("\n\n")
            self._box(child, depth + 1)
            self.words.append("\n\n")

    def _inline(self, element, depth):
        self._box(element, depth + 1)
        address = element.get("href", "")
        if element.tag == "a" and address.startswith(("http://", "https://")) and address not in _said(element):
            self.words.append(f" ({address})")

    def _list(self, element, depth):
        """Numbered lists are steps; others are lines with a dot."""
        items = [child for child in element if child.tag == "li"]
        nested = any(item.find(f".//{tag}") is not None for item in items for tag in ("ol", "ul", "table", "img"))
        if element.tag == "ol" and not nested:
            self._end_text()
            self.found.append(("steps", [_said(item) for item in items]))
            return
        for number, item in enumerate(items, 1):
            self.words.append("\n" + (f"{number}. " if element.tag == "ol" else "• "))
            self._box(item, depth + 1)
        self.words.append("\n\n")

    def _table(self, element):
        self._end_text()
        self._pictures_in(element)
        rows = [[_said(cell) for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        rows = [row for row in rows if row]
        if not rows:
            return
        if max(map(len, rows)) == 1:  # only there to put things in their place
            self.found += [("text", row[0]) for row in rows]
            return
        caption = element.find("caption")
        said = "" if caption is None else _said(caption)
        self.found.append(("table", {"caption": said, "head": rows[0], "rows": rows[1:]}))

    def _pictures_in(self, element):
        for image in element.iter("img"):
            self._image(image)

    def _image(self, element):
        source = element.get("src", "")
        if name := self.picture(source):
            self._end_text()
            self.found.append(("picture", {"media": name, "alt": element.get("alt", "")}))
        elif self.part is not None and not source:
            self.part.left("picture_elsewhere")

    def _end_text(self):
        words = tidy(re.sub(" *\n *", "\n", "".join(self.words)))
        self.words = []
        if words:
            self.found.append(("text", words))


def _tree(html):
    if not html.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(f"<html><body>{html}</body></html>".encode(), parser=parser).find("body")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ImportProblem("broken_xml") from error


def _spaced(text):
    return re.sub(r"\s+", " ", text or "")


def _said(element):
    """Everything that an element says, on one line but for its breaks."""
    for line_break in element.iter("br"):
        line_break.text = "\n"  # and not its tail, which may hold letters that lxml reads and does not take
    return tidy("".join(element.itertext()))


def place_of(source, page=""):
    """A picture's name in the archive, from how a page at `page` calls it; None for an address elsewhere."""
    source = unquote(source.split("#")[0].split("?")[0]).replace("\\", "/")
    if not source or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", source):
        return None
    parts = [] if source.startswith("/") else page.split("/")[:-1]
    for step in source.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


_HEADING = re.compile(r"<h[1-3]\b[^>]{0,500}>(.{1,2000}?)</h[1-3]\s*>", re.I | re.S)


def first_heading(html):
    """The words of a page's first large heading, or nothing."""
    found = _HEADING.search(html[:200_000])
    return one_line(plain(found[1])) if found else ""


def body_of(html):
    """What stands in the body: a page's declaration and head are no words of it."""
    begin = html.lower().find("<body")
    return html[begin:] if begin >= 0 else html
