"""A course's pages as what its files say: the other way round of courses.loading."""

from courses.authoring.exporting.telling_blocks import block_told, tidy
from courses.authoring.exporting.yaml_text import written
from courses.loading import files
from courses.loading.block_format import BLOCKS
from courses.loading.bodies import block_ids
from courses.loading.format import OWN_COURSE, OWN_LESSON
from courses.loading.reading import Unreadable, parse
from courses.loading.topics import TOPICS


def course_file(course, carried):
    """What course.yaml says."""
    told = {
        "key": course.key,
        "slug": course.slug,
        "title": _titles(course.title, course.title_en),
        "topic": course.topic_id,
        "level": course.level,
        "minutes": course.minutes,
    }
    if course.topic_id not in TOPICS:
        told["topic_title"] = {"th": tidy(course.topic.title_th), "en": tidy(course.topic.title_en)}
    if course.summary:
        told["summary"] = _titles(course.summary, course.summary_en)
    if course.centre:
        told["centre"] = {"code": course.centre.code, "name": tidy(course.centre.name_th)[:200]}
    if outcomes := [text for text in (tidy(block.value) for block in course.outcomes) if text]:
        told["outcomes"] = outcomes
    if cover := _cover(course, carried):
        told["cover"] = cover
    if course.group_activity:
        told["group_activity"] = course.group_activity
    return told


def lesson_file(lesson, carried):
    """What a lesson's file says. `lesson` is a page, or a draft of one."""
    told = {
        "key": lesson.key,
        "slug": lesson.slug,
        "title": _titles(lesson.title, lesson.title_en),
        "minutes": lesson.minutes,
    }
    if not lesson.live:
        told["draft"] = True
    if outcome := tidy(lesson.outcome):
        told["outcome"] = outcome
    if cover := _cover(lesson, carried):
        told["picture"] = cover
    told |= _whose(lesson)
    blocks = [(block, told_block) for block in lesson.body if (told_block := block_told(block, carried))]
    told["body"] = [told_block for _block, told_block in blocks]
    told |= _ids(told, [str(block.id) for block, _told in blocks])
    readings = _readings(lesson, [str(block.id) for block, _told in blocks], carried)
    return told | ({"readings": readings} if readings else {})


def _titles(thai, english):
    return {"th": tidy(thai)} | ({"en": tidy(english)} if tidy(english) else {})


def _whose(lesson):
    told = {}
    if lesson.credited:
        told["credit"] = tidy(lesson.credited)
        told["credit_consent"] = True
    if lesson.licence != lesson._meta.get_field("licence").default:
        told["licence"] = lesson.licence
    if lesson.placed_after_id:
        told["placed_after"] = lesson.placed_after.key
    return told


def _cover(page, carried):
    if page.picture is None or not (shown := carried.picture(page.picture)):
        return None
    return shown | {"alt": tidy(page.picture_alt) or tidy(page.title)}


def _ids(told, ids):
    """The ids of the parts, where another Sala would not make the same of what they say."""
    if not ids or [str(each) for each in block_ids(_read(told))] == ids:
        return {}
    return {"block_ids": ids}


def _read(told):
    """A lesson as courses.loading reads it; for its ids only, so that problems do not matter."""
    body = [next(iter(block.items())) for block in told["body"]]
    return {"key": told["key"], "body": [(kind, _as_read(kind, value)) for kind, value in body]}


def _as_read(kind, value):
    node = parse(written({"value": value})).value["value"]
    return BLOCKS[kind](node, "", lambda *problem: None)


def _readings(lesson, ids, carried):
    found = []
    for reading in lesson.readings.all():
        name = carried.document(reading.file, files.READING)
        if not name:
            continue
        if reading.block is None:
            found.append({"file": name})
        elif str(reading.block) in ids:
            found.append({"part": ids.index(str(reading.block)) + 1, "file": name})
    return found


def problems(told, is_course=False):
    """What another Sala would say of a file: [(field, message)]."""
    found = []
    shape = OWN_COURSE if is_course else OWN_LESSON
    try:
        shape(parse(written(told)), "", lambda line, field, message: found.append((field, message)))
    except Unreadable as error:
        found.append(("", error.message))
    return found
