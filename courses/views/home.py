"""The first page: each person's own."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.models import LessonPage, LessonProgress
from courses.readers import reader_of
from courses.shelves import cards
from courses.views.catalogue import catalogue_page
from lms.centres.models import Centre, Device

OTHERS_SHOWN = 6
DEVICE_COOKIE = "sala_device"


@require_safe
def home(request):
    """A learner's own page, or the one where this person's work begins."""
    user = request.user
    if not user.is_authenticated:
        return _for_nobody(request)
    if user.has_usable_password():  # learners have none: nothing to ask
        if Centre.objects.cared_for_by(user).exists():
            return redirect("desk:today")
        if user.ministry_posts.in_force().exists():
            return redirect("ministry:overview")
    reader = reader_of(request)
    if reader.is_learner:
        return _learners_home(request, reader)
    return catalogue_page(request, reader)


def _for_nobody(request):
    """On a centre's machine, who is it? Elsewhere, what there is to learn."""
    if Device.objects.of_cookie(request.COOKIES.get(DEVICE_COOKIE)):
        names = reverse("names")
        return redirect(f"{names}?idle=1" if "idle" in request.GET else names)
    return catalogue_page(request, reader_of(request), is_first_page=True)


def _learners_home(request, reader):
    all_cards = cards(reader, reader.courses().order_by("path"))
    mine = [card for card in all_cards if card.enrolment]
    mine.sort(key=lambda card: card.enrolment.last_at, reverse=True)
    others = [card for card in all_cards if not card.enrolment]
    resume = next((card for card in mine if card.next_lesson), None)
    latest = LessonProgress.objects.of(reader.user).exclude(finished_at=None).order_by("-finished_at").first()
    pages = _lessons(resume and resume.next_lesson, latest and latest.lesson)
    context = {
        "resume": resume,
        "resume_lesson": pages.get(resume.next_lesson) if resume else None,
        "mine": mine,
        "others": others[:OTHERS_SHOWN],
        "lessons_finished": sum(card.enrolment.lessons_finished for card in mine),
        "courses_finished": sum(card.is_completed for card in mine),
        "latest": latest,
        "latest_lesson": latest and pages.get(str(latest.lesson)),
        "centre": reader.home.centre,
        "helps": Centre.objects.helped_at_by(reader.user).exists(),
    }
    return render(request, "courses/home.html", context)


def _lessons(*keys):
    """Live lessons by key as text."""
    pages = LessonPage.objects.live().filter(key__in=[key for key in keys if key])
    return {str(page.key): page for page in pages.only("title", "title_en", "slug", "key", "minutes")}
