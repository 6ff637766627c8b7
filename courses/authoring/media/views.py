"""A lesson's page of what a phone can add to it: a photo, a film, and whose knowledge it is; the voice has its own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms import films, photos
from courses.authoring.access import locked_by_others
from courses.authoring.drafts import has_block, newest_draft, put_block
from courses.authoring.media.access import at_most, of_own_lesson, went_well, what_to_mend
from courses.authoring.media.films import send_film
from courses.authoring.media.forms import CreditForm, FilmForm, PhotoForm

CREDIT_FIELDS = ("credit", "credit_consent", "licence")
FILMS_SHOWN = 5


@require_safe
@of_own_lesson
def media(request, lesson):
    return media_page(request, lesson)


def media_page(request, lesson, status=200, problem=None, **forms):
    draft = lesson.get_latest_revision_as_object()
    filled = {name: getattr(draft, name) for name in CREDIT_FIELDS}
    context = {
        "lesson": draft,
        "photo": forms.get("photo") or PhotoForm(draft=draft),
        "film": forms.get("film") or FilmForm(draft=draft),
        "credit": forms.get("credit") or CreditForm(initial=filled),
        "films": lesson.films.visible_to(request.user)[:FILMS_SHOWN],
        "longest_side": photos.LONGEST_SIDE,
        "largest_film": films.largest(),
        "largest_film_mb": films.largest() // (1024 * 1024),
        "too_large": films.too_large(),
        "problem": problem,
        "locked": locked_by_others(lesson, request.user),
    }
    return render(request, "authoring/media/media.html", context, status=status)


@require_POST
@of_own_lesson
@at_most(lambda: photos.LARGEST, lambda: photos.TOO_LARGE, media_page)
def photo(request, lesson):
    form = PhotoForm(request.POST, request.FILES, draft=lesson.get_latest_revision_as_object())
    if _may_go_on(form, lesson, request.user):
        try:
            _put_photo(lesson, request.user, form.cleaned_data)
            return went_well(request, _("The photo is in the draft."), _address(lesson))
        except ValidationError as refused:
            form.add_error("file", refused)
    return what_to_mend(request, form, lambda: media_page(request, lesson, 400, photo=form))


def _put_photo(lesson, user, sent):
    if has_block(lesson, sent["block"]):
        return  # the answer to the first time was lost on the line
    image = photos.store_photo(sent["file"], lesson.course.centre, user, sent["alt"])
    value = {"image": image.pk, "alt": sent["alt"], "caption": sent["caption"]}
    try:
        with newest_draft(lesson, user) as draft:
            put_block(draft, "picture", value, sent["block"], sent["after"])
    except BaseException:
        image.file.storage.delete(image.file.name)
        image.delete()
        raise


@require_POST
@of_own_lesson
@at_most(films.largest, films.too_large, media_page)
def film(request, lesson):
    form = FilmForm(request.POST, request.FILES, draft=lesson.get_latest_revision_as_object())
    if _may_go_on(form, lesson, request.user):
        sent = form.cleaned_data
        more = {name: sent[name] for name in ("block", "after", "transcript")}
        try:
            send_film(lesson, request.user, sent["file"], **more)
            message = _("The film has arrived, and is being made ready. You may go on with something else meanwhile.")
            return went_well(request, message, _address(lesson))
        except ValidationError as refused:
            form.add_error("file", refused)
    return what_to_mend(request, form, lambda: media_page(request, lesson, 400, film=form))


@require_POST
@of_own_lesson
def credit(request, lesson):
    form = CreditForm(request.POST)
    if not _may_go_on(form, lesson, request.user):
        return media_page(request, lesson, 400, credit=form)
    with newest_draft(lesson, request.user) as draft:
        for name in CREDIT_FIELDS:
            setattr(draft, name, form.cleaned_data[name])
    messages.success(request, _("It is in the draft whose knowledge this is."))
    return redirect(_address(lesson))


def _may_go_on(form, lesson, user):
    if form.is_valid() and (locked := locked_by_others(lesson, user)):
        form.add_error(None, locked)
    return form.is_valid()


def _address(lesson):
    return reverse("lesson_media", args=[lesson.key])
