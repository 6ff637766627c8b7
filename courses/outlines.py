"""Keep the outlines and editions in step with the pages that editors publish.

Recording reads outlines and never pages, so an edit, a move or a deletion cannot lose what is
on its way from a phone that was out of reach.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.contents import forget
from courses.grading import KINDS
from courses.models import CourseEdition, CoursePage, Enrolment, LessonOutline, LessonPage, LessonWords
from courses.progress.checks import to_be_seen
from courses.progress.holding import hold_recording
from courses.progress.recording import recount_course, remark_lesson
from courses.said import words_of


def follow_pages():
    """Refresh a course's outline whenever one of its pages is published, unpublished, moved or removed."""
    from django.db.models.signals import post_delete

    for model in (CoursePage, LessonPage):
        page_published.connect(_follow, sender=model, dispatch_uid=f"outline-published-{model.__name__}")
        page_unpublished.connect(_follow, sender=model, dispatch_uid=f"outline-unpublished-{model.__name__}")
        post_page_move.connect(_follow, sender=model, dispatch_uid=f"outline-moved-{model.__name__}")
        post_delete.connect(_follow, sender=model, dispatch_uid=f"outline-deleted-{model.__name__}")


def _follow(sender, instance, **kwargs):
    if isinstance(instance, CoursePage):
        forget(instance)
        refresh(instance)
        return
    course = CoursePage.objects.filter(path=instance.path[: -instance.steplen]).first()
    if course:
        forget(course)
        refresh(course)


@transaction.atomic
def refresh(course):
    """Write the outline of every lesson of a course, and a new edition if its list of lessons changed."""
    lessons = list(course.lessons()) if course.live and course.pk else []
    known = LessonOutline.objects.in_bulk([lesson.key for lesson in lessons])
    for position, lesson in enumerate(lessons):
        old = known[lesson.key].activities if lesson.key in known else {}
        new = old | activities(lesson)
        LessonOutline.objects.update_or_create(
            lesson=lesson.key,
            defaults={"course": course.key, "position": position, "is_live": True, "activities": new},
        )
        if old and to_be_seen(old) != to_be_seen(new):
            remark_lesson(lesson.key, new)
    keys = [lesson.key for lesson in lessons]
    LessonOutline.objects.filter(course=course.key, is_live=True).exclude(lesson__in=keys).update(is_live=False)
    _keep_words(course.key, lessons)
    _edition(course.key, [str(key) for key in keys])


def _keep_words(course, lessons):
    LessonWords.objects.filter(course=course).exclude(lesson__in=[lesson.key for lesson in lessons]).delete()
    words = [LessonWords(lesson=lesson.key, course=course, text=words_of(lesson)) for lesson in lessons]
    LessonWords.objects.bulk_create(
        words, update_conflicts=True, unique_fields=["lesson"], update_fields=["course", "text"]
    )


def _edition(course, lessons):
    """Put a list of lessons in force, and let those who by it have finished the course have finished it."""
    current = CourseEdition.objects.select_for_update().filter(course=course, until=None).first()
    if lessons == (current.lessons if current else []):
        return
    hold_recording()
    now = timezone.now()
    if current:
        current.until = now
        current.save(update_fields=["until"])
    CourseEdition.objects.create(course=course, lessons=lessons, since=now if current else None)
    if current and Enrolment.objects.filter(course=course, completed_at=None).exists():
        recount_course(course)


def activities(lesson):
    """The lesson's activities by id, as courses.grading takes them."""
    return {
        str(block.id): definition(block.block_type, block.value) for block in lesson.body if block.block_type in KINDS
    }


def definition(kind, value):
    """An activity block's value as plain data with its right answer: what grading needs, and nothing else."""
    if kind in {"single_choice", "multiple_choice"}:
        return {
            "kind": kind,
            "choices": [
                {"text": c["text"], "correct": bool(c["correct"]), "explanation": c["explanation"] or ""}
                for c in value["choices"]
            ],
        }
    if kind == "true_false":
        more = {"answer": bool(value["answer"])}
    elif kind == "ordering":
        more = {"items": list(value["items"])}
    elif kind == "matching":
        more = {"pairs": [[pair["left"], pair["right"]] for pair in value["pairs"]]}
    elif kind == "fill_in":
        more = {"answers": list(value["answers"])}
    elif kind == "number":
        more = {
            "answer": float(value["answer"] or 0),  # nothing is asked of a draft
            "tolerance": float(value["tolerance"] or 0),
            "unit": value["unit"] or None,
        }
    elif kind == "task":
        return {"kind": kind, "checklist": list(value["checklist"]), "observed_by": value["observed_by"]}
    else:
        return {"kind": kind}
    return {"kind": kind, **more, "explanation": value["explanation"]}
