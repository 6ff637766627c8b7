"""GIFT as text: what is escaped, what is a comment, where one question ends, and what HTML says."""

import re
from html import unescape
from html.parser import HTMLParser

ESCAPED = "~=#{}:\\"
_SAFE = {letter: chr(0xE000 + place) for place, letter in enumerate(ESCAPED)}
_HIDE = re.compile(r"\\([~=#{}:\\n])")
_SHOW = str.maketrans({hidden: letter for letter, hidden in _SAFE.items()})
_PRIVATE = re.compile("[\ue000-\ue0ff\0\ud800-\udfff]")
_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|strong|em|span|div|ul|ol|li|img|a|sub|sup|h[1-6]|table|t[rdh]|font)\b[^<>]*>", re.I
)
_MARKDOWN = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_BREAKS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_SEEN = {"img", "audio", "video", "iframe", "object", "svg", "embed"}
_SILENT = {"script", "style", "head", "title", "template"}


def hidden(text):
    """With what is escaped out of the way, so that the signs left are those that mean something."""
    text = _PRIVATE.sub("", text)
    return _HIDE.sub(lambda match: "\n" if match[1] == "n" else _SAFE[match[1]], text)


def shown(text):
    return text.translate(_SHOW).strip()


def paragraphs(text):
    """(line, text) of each question: between them stand empty lines; comments are gone but still count as lines."""
    text = _COMMENT.sub("\0", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines, start = [], 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line == "\0":
            continue
        if line.strip():
            start = start or number
            lines.append(line)
        elif lines:
            yield start, "\n".join(lines)
            lines, start = [], 0


def plain(text, form=""):
    """What a text of GIFT says, in our plain letters; and whether something that is no text was left out."""
    if match := _FORMAT.match(text):
        form, text = match[1].lower(), text[match.end() :]
    text = shown(text)
    if form == "html" or form in ("", "moodle") and _TAG.search(text):
        return _without_tags(text)
    if form == "markdown":
        text = _MARKDOWN.sub(r"\2", text)
    return _tidy(text), False


def form_of(text):
    match = _FORMAT.match(text)
    return match[1].lower() if match else ""


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.said, self.left_out, self.silent = [], False, 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in _SILENT
        self.left_out |= tag in _SEEN
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag):
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BREAKS - {"br"}:
            self.said.append("\n")

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def _without_tags(text):
    words = _Words()
    try:
        words.feed(text)
        words.close()
    except Exception:  # the parser of Python has stumbled over odd declarations before
        return _tidy(re.sub("<[^>]*>", " ", unescape(text))), True
    return _tidy("".join(words.said)), words.left_out


def _tidy(text):
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    return re.sub("\n{2,}", "\n", "\n".join(lines)).strip()
