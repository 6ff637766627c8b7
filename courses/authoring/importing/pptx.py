"""Slides: the title as a heading, what stands on it as text, steps, tables and pictures, and the notes as text."""

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from courses.authoring.importing import limits, office
from courses.authoring.importing.letters import one_line, tidy
from courses.authoring.importing.problems import ImportProblem

LONGEST_TITLE = 60
SMALL = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
NOT_OURS = {
    MSO_SHAPE_TYPE.CHART: "chart",
    MSO_SHAPE_TYPE.MEDIA: "sound_or_film",
    MSO_SHAPE_TYPE.EMBEDDED_OLE_OBJECT: "embedded",
    MSO_SHAPE_TYPE.LINKED_OLE_OBJECT: "embedded",
    MSO_SHAPE_TYPE.OLE_CONTROL_OBJECT: "embedded",
    MSO_SHAPE_TYPE.WEB_VIDEO: "sound_or_film",
    MSO_SHAPE_TYPE.IGX_GRAPHIC: "drawing",
    MSO_SHAPE_TYPE.DIAGRAM: "drawing",
    MSO_SHAPE_TYPE.LINKED_PICTURE: "picture_elsewhere",
}


def read(path, book, archive):
    office.look_through(archive, book.whole)
    count = sum(name.startswith("ppt/slides/slide") and name.endswith(".xml") for name in archive.names)
    if count > limits.SLIDES:
        raise ImportProblem("too_many_slides", count=count, most=limits.SLIDES)
    with office.errors():
        show = Presentation(str(path))
        slides = list(show.slides)
        if len(slides) > limits.SLIDES:
            raise ImportProblem("too_many_slides", count=len(slides), most=limits.SLIDES)
        book.title = one_line(show.core_properties.title or "") or _first_title(slides) or book.title
    lesson = book.lesson(book.title)
    for number, slide in enumerate(slides, 1):
        book.progress(number - 1, len(slides))
        with office.errors():
            _slide(slide, number, book, lesson)


def _first_title(slides):
    return next((words for slide in slides if (words := _title(slide))), "")


def _title(slide):
    shape = slide.shapes.title
    return one_line(shape.text_frame.text) if shape is not None and shape.has_text_frame else ""


def _short_line(shape):
    """What many write in a plain box at the top: a heading all the same."""
    words = tidy(shape.text_frame.text) if shape.has_text_frame else ""
    return words if "\n" not in words and len(words) <= LONGEST_TITLE else ""


def _slide(slide, number, book, lesson):
    title, shapes = _title(slide), sorted(_shapes(slide.shapes, 0), key=_place)
    if not title and shapes and (title := _short_line(shapes[0])):
        shapes = shapes[1:]
    part = book.part("slide", number, title, lesson)
    if slide._element.get("show") == "0":
        part.left("hidden_slide")
        return
    if title:
        part.add("heading", title)
    for shape in shapes:
        _shape(shape, part, book)
    if slide._element.find("{*}timing") is not None:
        part.left("movement")
    _notes(slide, part)


def _shapes(shapes, depth):
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < 20:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _place(shape):
    """As one reads: from top to bottom, and what stands side by side from left to right."""
    return ((shape.top or 0) // 600_000, shape.left or 0)


def _shape(shape, part, book):
    role = shape.placeholder_format.type if shape.is_placeholder else None
    if role in SMALL or role in TITLES:
        return
    kind = shape.shape_type
    if getattr(shape, "has_table", False) and shape.has_table:
        _table(shape.table, part)
    elif hasattr(shape, "image"):
        _picture(shape, part, book)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        part.left("chart")
    elif kind in NOT_OURS:
        part.left(NOT_OURS[kind])
    elif shape.has_text_frame and shape.text_frame.text.strip():
        _text(shape.text_frame, part)
    elif kind not in (MSO_SHAPE_TYPE.PLACEHOLDER, MSO_SHAPE_TYPE.TEXT_BOX):
        part.left("chart" if "chart" in shape._element.tag else "drawing")


def _picture(shape, part, book):
    try:
        image = shape.image
    except (AttributeError, ValueError, KeyError):  # a placeholder without its picture, or one that is elsewhere
        part.left("picture_elsewhere")
        return
    name = book.media.picture(image.blob, part, f"{one_line(shape.name)[:40]}.{_ending(shape)}")
    if name:
        described = shape._element.find(".//{*}cNvPr")
        part.add("picture", {"media": name, "alt": "" if described is None else described.get("descr", "")})


def _ending(shape):
    part = shape.part.related_part(shape._element.blip_rId)
    return str(part.partname).rpartition(".")[2][:8]


def _table(table, part):
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    if rows:
        part.add("table", {"head": rows[0], "rows": rows[1:]})


def _text(frame, part):
    """Numbered lines are steps; marked ones are lines with a dot; the rest are paragraphs."""
    said, steps = [], []
    for paragraph in frame.paragraphs:
        words = tidy("".join(run for run in _runs(paragraph)))
        if not words:
            continue
        marks = paragraph._p.pPr
        if marks is not None and marks.find("{*}buAutoNum") is not None:
            steps.append(words)
            continue
        _end_steps(steps, said, part)
        dotted = paragraph.level > 0 or (marks is not None and marks.find("{*}buChar") is not None)
        said.append(f"• {words}" if dotted else words)
    if steps:
        _end_text(said, part)
    _end_steps(steps, said, part)
    _end_text(said, part)


def _end_steps(steps, said, part):
    if steps:
        _end_text(said, part)
        part.add("steps", list(steps))
        steps.clear()


def _end_text(said, part):
    if said:
        part.add("text", "\n".join(said))
        said.clear()


def _runs(paragraph):
    for child in paragraph._p:
        tag = child.tag.rpartition("}")[2]
        if tag in ("r", "fld"):
            yield "".join(node.text or "" for node in child.iter("{*}t"))
        elif tag == "br":
            yield "\n"


def _notes(slide, part):
    if slide.has_notes_slide:
        frame = slide.notes_slide.notes_text_frame
        if frame is not None and frame.text.strip():
            part.add("text", frame.text)
