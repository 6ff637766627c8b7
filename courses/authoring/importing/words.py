"""What the codes of the readers mean, for people: what is the matter, and what to do."""

from django.utils.translation import gettext_lazy as _

from cms.blocks import NAMES
from courses.loading import CHANGED, MADE, SAME

KIND_NAMES = {
    "pptx": _("slides (PowerPoint)"),
    "docx": _("a paper (Word)"),
    "epub": _("a book (EPUB)"),
    "pdf": _("a PDF"),
    "mbz": _("a Moodle course"),
    "imscc": _("a course (Common Cartridge)"),
    "sala": _("a course of another Sala"),
}

PROBLEMS = {
    "a_course": _("This is a course of another Sala. Take it in at “Courses as files”."),
    "a_picture": _("This is a picture. Write a lesson and put the picture into it there."),
    "a_program": _("This is a program. Nothing was opened. Choose slides, a paper, a book or a course."),
    "a_sheet": _("This is a spreadsheet. Questions from a spreadsheet go into the question bank."),
    "bomb": _("This file is packed so that it grows far too large. Make it again with its program."),
    "broken": _("This file is broken or only half there. Save it again in its program, and send that."),
    "broken_xml": _("Something in this file cannot be read. Save it again in the program it comes from."),
    "empty": _("There is nothing in this file. Choose another."),
    "entities": _("This file has hidden instructions in it. Save it as a new file in its program, and send that."),
    "file_too_large": _("This file is larger than %(megabytes)s MB. Make its pictures smaller, or send it in parts."),
    "in_the_way": _("The course was not taken in, and nothing was changed. This is in its way:"),
    "interrupted": _("The work was interrupted twice. Send the file once more."),
    "lesson_too_long": _(
        "“%(lesson)s” is too long for one lesson (more than %(most)s parts). Divide it in its program."
    ),
    "link": _("This file leads to other files of a computer (%(name)s). Make it again with its program."),
    "locked": _("This file is locked with a password. Open it, save it without the password, and send that."),
    "macro_document": _("This paper has macros (small programs). Save it as .docx and send that."),
    "member_too_large": _("A part of this file (%(name)s) is larger than %(megabytes)s MB. Make it smaller."),
    "no_longer_allowed": _("You do not write for this centre any more, so nothing was made."),
    "nothing_found": _("Nothing was found in this file that a lesson can show. Look whether it is the right one."),
    "odd_name": _("This file has a part with a name that is not allowed (%(name)s). Make it again with its program."),
    "old_office": _("This is an old kind of file, or one with a password. Save it as .pptx or .docx and send that."),
    "open_document": _("This is a file of LibreOffice. Save it there as .pptx or .docx and send that."),
    "other_archive": _("This is a packed folder of a kind that is not known here. Unpack it, and send what is in it."),
    "our_fault": _("Something went wrong here, and it is not your file's fault. Send it again in a while."),
    "part_missing": _("A part of this file is missing (%(name)s). Save it again in the program it comes from."),
    "told": "%(text)s",
    "too_deep": _("Things stand inside each other too deep in this file. Save it more simply, and send it again."),
    "too_many_lessons": _("This would make more than %(most)s lessons. Divide the file, and send it in parts."),
    "too_many_letters": _("There are too many words in this PDF. Divide it, and send it in parts."),
    "too_many_members": _("There are more than %(most)s files in this one. Divide it, and send it in parts."),
    "too_many_pages": _("This PDF has %(count)s pages; %(most)s can be taken over. Send it in parts."),
    "too_many_questions": _("There are more than %(most)s questions in this file. Divide it, and send it in parts."),
    "too_many_slides": _("There are %(count)s slides; %(most)s can be taken over. Send them in parts."),
    "too_much_memory": _("This file needs too much memory. Make its pictures smaller, or send it in parts."),
    "took_too_long": _("Reading took longer than %(seconds)s seconds. Make the file smaller, or send it in parts."),
    "twice": _("This file has two parts of the same name (%(name)s). Make it again with its program."),
    "unknown_kind": _("This kind of file is not known here. Choose PPTX, DOCX, PDF, EPUB, MBZ or IMSCC."),
    "unpacks_too_large": _("Unpacked, this file is larger than %(megabytes)s MB. Make its pictures smaller."),
    "wrong_name": _("The name (%(named)s) does not fit what is in the file. If you trust it, name it %(ending)s."),
    "xml_too_large": _("There is too much text in one piece (more than %(megabytes)s MB). Divide the file."),
}

PART_NAMES = {
    "file": _("The file"),
    "slide": _("Slide"),
    "section": _("Section"),
    "chapter": _("Chapter"),
    "page": _("Page"),
    "label": _("Text on the course page"),
    "book": _("Book"),
    "url": _("Link"),
    "resource": _("File"),
    "folder": _("Folder"),
    "quiz": _("Questions"),
    "activity": _("Other"),
    "item": _("Part"),
}
PAGE_OF_A_COURSE = {"mbz"}  # where a page has a title and no number

LEFT = {
    "activity_kind": _("This kind of activity does not exist here (%(name)s)."),
    "bank_of_cartridge": _("A question bank. Put its questions in at the question bank."),
    "chart": _("A chart. Take a picture of it and put that in."),
    "comments": _("Comments at the margin."),
    "discussion": _("A discussion; what it asks came over as text."),
    "drawing": _("A drawing. Take a picture of it and put that in."),
    "embedded": _("Another file inside this one."),
    "empty_page": _("There is nothing on it that a lesson can show."),
    "explanation": _("Questions came over without an explanation. Write why the answer is right."),
    "file_kind": _("A file of this kind cannot be shown (%(name)s)."),
    "file_missing": _("It is named, but it is not in the file (%(name)s)."),
    "formula": _("A formula. Take a picture of it and put that in."),
    "hidden_slide": _("The slide is hidden, so it was left out."),
    "letters": _("Some letters could not be read; there is a ? in their place."),
    "macros": _("Macros (small programs) were left out."),
    "match_spare": _("Spare answers of a matching question."),
    "movement": _("Movements. Everything is shown at once."),
    "no_words": _("No words could be read in this PDF: it may be a photo of paper. Type what matters most."),
    "notes": _("Notes at the foot of the page."),
    "number_one_answer": _("A number may have one right answer here; the others were left out."),
    "other_site": _("A link to a program on another site."),
    "page_without_words": _("No words that can be read. They are in the document."),
    "pdf_pictures": _("Pictures and tables stay in the document. Read the words through: some letters may be lost."),
    "picture_alt": _("Pictures without a description. Say what they show."),
    "picture_elsewhere": _("A picture that is on another site or computer."),
    "picture_kind": _("A picture of a kind that cannot be shown (%(name)s). Save it as JPG or PNG."),
    "picture_large": _("A picture with too many dots (%(name)s). Make it smaller."),
    "picture_moves": _("A picture that moves stands still here (%(name)s)."),
    "question_choices": _("A question with too few or too many choices: “%(name)s”."),
    "question_empty": _("A question, or an answer of it, without words: “%(name)s”."),
    "question_kind": _("A question of a kind that does not exist here: “%(name)s”."),
    "question_long": _("A question or an answer that is too long: “%(name)s”."),
    "question_missing": _("A question that is not in the file."),
    "question_no_right": _("A question without exactly one right answer, or without any: “%(name)s”."),
    "question_number": _("A question whose answer is no number that can be kept: “%(name)s”."),
    "question_parts": _("Answers that gain a part of the points count as right."),
    "question_pattern": _("A question whose answer is a pattern with *: “%(name)s”."),
    "questions_of_the_bank": _("Questions that no quiz asks: %(number)s."),
    "questions_too_many": _("Only the first %(most)s questions came over."),
    "script": _("Programs (scripts) were left out."),
    "sound_or_film": _("A sound or a film. Record it again in the lesson, or put it in there."),
    "table_as_text": _("A table that is too large for a phone came over as text."),
    "too_deep_items": _("Folders too deep inside each other."),
    "too_many_pictures": _("More pictures than %(most)s."),
}
STATES = {MADE: _("new"), CHANGED: _("changed"), SAME: _("as it was")}  # of a course, and of each of its lessons
SAID = _("Something that is not known here.")


def problem(told):
    return _filled(PROBLEMS.get(told.get("code"), PROBLEMS["broken"]), told.get("details", {}))


def _filled(words, details):
    try:
        return str(words) % details if "%(" in str(words) else str(words)
    except (KeyError, TypeError, ValueError):
        return str(SAID)


def left(line):
    return _filled(LEFT.get(line["code"], SAID), line["details"])


def part_name(part):
    return PART_NAMES.get(part["kind"], PART_NAMES["item"])


def took(part):
    """[("Text", 3), ("Picture", 1)]"""
    return [(NAMES.get(kind, kind), count) for kind, count in part["took"].items()]


def course(told):
    """What became of a course of another Sala's zip, as taking_in.py tells it."""
    lessons = [(STATES.get(state, state), title) for state, title in told["lessons"]]
    return told | {"state": STATES.get(told["state"], ""), "lessons": lessons}
