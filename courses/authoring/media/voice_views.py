"""A lesson's page of voices: each part can be read aloud, and a story can be a part of its own."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms import voice as voices
from courses.authoring.access import locked_by_others
from courses.authoring.drafts import has_block, newest_draft, put_block, put_reading
from courses.authoring.media.access import (
    at_most,
    of_own_lesson,
    part_of,
    went_well,
    what_to_mend,
    with_microphone,
)
from courses.authoring.media.forms import StoryForm, VoiceForm
from courses.authoring.media.parts import newest_to_read


@require_safe
@with_microphone
@of_own_lesson
def voice(request, lesson):
    return voice_page(request, lesson)


def voice_page(request, lesson, status=200, part=None, form=None, story=None, problem=None):
    """`form` is of the part that was sent and is to be mended."""
    draft, parts = newest_to_read(lesson)
    context = {
        "lesson": draft,
        "parts": [(each, form if form and each.name == part else VoiceForm()) for each in parts],
        "story": story or StoryForm(draft=draft),
        "longest": voices.LONGEST,
        "problem": problem,
        "locked": locked_by_others(lesson, request.user),
    }
    return render(request, "authoring/media/voice.html", context, status=status)


@require_POST
@with_microphone
@of_own_lesson
@at_most(lambda: voices.LARGEST, lambda: voices.TOO_LARGE, voice_page)
def reading(request, lesson, part):
    """The recording of a part; what was recorded of it before stays in the older drafts."""
    block = part_of(lesson.get_latest_revision_as_object(), part)
    form = VoiceForm(request.POST, request.FILES)
    if _may_go_on(form, lesson, request.user):
        try:
            with _kept_voice(lesson, request.user, form.cleaned_data["file"]) as (draft, document):
                put_reading(draft, block, document)
            return went_well(request, _("Your voice is in the draft."), f"{_address(lesson)}#part-{part}")
        except ValidationError as refused:
            form.add_error("file", refused)
    return what_to_mend(request, form, lambda: voice_page(request, lesson, 400, part, form))


@require_POST
@of_own_lesson
def silence(request, lesson, part):
    """Take the recording of a part away."""
    block = part_of(lesson.get_latest_revision_as_object(), part)
    if locked_by_others(lesson, request.user):
        return voice_page(request, lesson, 400)  # which says so
    with newest_draft(lesson, request.user) as draft:
        put_reading(draft, block, None)
    return went_well(request, _("The recording is taken out of the draft."), f"{_address(lesson)}#part-{part}")


@require_POST
@with_microphone
@of_own_lesson
@at_most(lambda: voices.LARGEST, lambda: voices.TOO_LARGE, voice_page)
def story(request, lesson):
    """A voice that is a part of its own, with the same in words."""
    form = StoryForm(request.POST, request.FILES, draft=lesson.get_latest_revision_as_object())
    if _may_go_on(form, lesson, request.user):
        sent = form.cleaned_data
        try:
            if not has_block(lesson, sent["block"]):
                with _kept_voice(lesson, request.user, sent["file"]) as (draft, document):
                    value = {"file": document.pk, "transcript": sent["transcript"]}
                    put_block(draft, "audio", value, sent["block"], sent["after"])
            return went_well(request, _("Your voice is in the draft."), f"{_address(lesson)}#part-{sent['block']}")
        except ValidationError as refused:
            form.add_error("file", refused)
    return what_to_mend(request, form, lambda: voice_page(request, lesson, 400, story=form))


@contextmanager
def _kept_voice(lesson, user, upload):
    """(the newest draft, the stored voice) to put one into the other; or nothing of it stays."""
    document = voices.store_voice(upload, lesson.course.centre, user, lesson.title)
    try:
        with newest_draft(lesson, user) as draft:
            yield draft, document
    except BaseException:
        document.file.storage.delete(document.file.name)
        document.delete()
        raise


def _may_go_on(form, lesson, user):
    if form.is_valid() and (locked := locked_by_others(lesson, user)):
        form.add_error(None, locked)
    return form.is_valid()


def _address(lesson):
    return reverse("lesson_voice", args=[lesson.key])
