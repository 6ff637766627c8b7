"""The author's side: where a lesson stands, what is to be mended, handing it in and taking it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.authoring import rights
from courses.authoring.access import own_lesson
from courses.authoring.anew import answered, changed_meanings
from courses.authoring.review.asking import NotReady, ask_to_offer, may_be_offered, submit, withdraw
from courses.authoring.review.missing import missing
from courses.authoring.studio.pages import page
from courses.forms import parts_by_first_words
from courses.models import LessonReview, ReviewComment


@require_safe
def lesson_review(request, key):
    return _page(request, own_lesson(request.user, key))


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_submit(request, key):
    """Hand it in. Whoever opens the address sees what stands in the way, and the button."""
    lesson = own_lesson(request.user, key)
    if request.method != "POST":
        return redirect("lesson_review", key)
    if lesson.adopted_from_id or not lesson.has_unpublished_changes:
        messages.info(request, _("There is nothing new in it to hand in."))
        return redirect("lesson_review", key)
    try:
        submit(lesson, request.user)
    except NotReady as refused:
        return _page(request, lesson, found=refused.args[0], status=400)
    messages.success(request, _("Handed in. You will see here what is said of it."))
    return redirect("lesson_review", key)


@require_POST
def lesson_withdraw(request, key):
    lesson = own_lesson(request.user, key)
    for review in lesson.reviews.waiting():
        if withdraw(review, request.user):
            messages.success(request, _("Taken back. Go on writing, and hand it in again when you like."))
    return redirect("lesson_review", key)


@require_POST
def lesson_offer(request, key):
    """Ask that it be offered to all centres, or take the offer back."""
    lesson = own_lesson(request.user, key)
    if lesson.offered_at:
        from courses.authoring.review.offering import take_back

        take_back(lesson, request.user)
        messages.success(request, _("No longer offered. Centres that took it keep it as it is."))
    elif may_be_offered(lesson):
        ask_to_offer(lesson, request.user)
        messages.success(request, _("Asked. Your reviewer answers here."))
    else:
        messages.info(request, _("It can be offered when learners see it, and whose knowledge it is has agreed."))
    return redirect("lesson_review", key)


@require_POST
def comment_resolved(request, comment):
    """The author says that it is mended; the reviewer sees that."""
    comment = get_object_or_404(
        ReviewComment.objects.filter(
            review__lesson__in=rights.lessons_written_by(request.user).order_by().values("pk")
        ).select_related("review__lesson"),
        pk=comment,
    )
    ReviewComment.objects.open().filter(pk=comment.pk).update(resolved_at=timezone.now())
    return redirect(reverse("lesson_review", args=[comment.review.lesson.key]) + "#comments")


def _page(request, lesson, found=None, status=200):
    draft = lesson.get_latest_revision_as_object()
    last = lesson.reviews.to_publish().order_by("-submitted_at", "-id").first()
    offer = lesson.reviews.to_offer().order_by("-submitted_at", "-id").first()
    anew = changed_meanings(lesson, draft.body)
    parts = dict(parts_by_first_words(draft))
    context = {
        "lesson": lesson,
        "title": draft.title,
        "centre": lesson.course.centre,
        "state": _state(lesson, last),
        "review": last,
        "offer": offer,
        "comments": _comments(lesson, parts),
        "missing": missing(draft) if found is None else found,
        "is_refused": status != 200,
        "anew": [parts[key] for key in answered(lesson, anew) if key in parts],
        "may_submit": lesson.has_unpublished_changes and not lesson.adopted_from_id and not (last and last.is_waiting),
        "has_newer": bool(last and last.is_waiting and last.revision_id != lesson.latest_revision_id),
        "may_be_offered": may_be_offered(lesson),
    }
    return page(request, "authoring/review/lesson.html", context, status=status)


def _state(lesson, last):
    """One word for where it stands: what waits or came back comes before what learners see."""
    if last and last.state in (LessonReview.State.WAITING, LessonReview.State.SENT_BACK):
        return last.state
    if lesson.live:
        return "changed" if lesson.has_unpublished_changes else "published"
    return "draft"


def _comments(lesson, parts):
    """What is still to be mended, each with the part that it is about."""
    comments = ReviewComment.objects.open().filter(review__lesson=lesson).select_related("author")
    return [(comment, parts.get(str(comment.block), "")) for comment in comments]
