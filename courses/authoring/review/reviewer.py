"""The reviewer's side: the queue, and one lesson as learners will see it, with what was changed."""

from datetime import UTC, datetime
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.authoring import rights
from courses.authoring.access import review_of
from courses.authoring.anew import answered, changed_meanings
from courses.authoring.review import queue
from courses.authoring.review.asking import NewerHandedIn, NotReady, agree_to_offer, publish, send_back
from courses.authoring.review.comparing import compare
from courses.authoring.review.forms import CommentForm, WordsForm
from courses.authoring.review.missing import missing
from courses.authoring.studio.pages import page
from courses.models import LessonPage, LessonReview, ReviewComment
from courses.readers import reader_of
from courses.rendering import draw_each
from courses.views.lesson import Place, frame

ON_A_PAGE = 30


@require_safe
def reviews(request):
    """What waits for one's word, and what waits of one's own; the oldest first."""
    if not rights.may_enter(request.user):
        raise Http404
    shown = Paginator(queue.to_review(request.user), ON_A_PAGE)
    shown = shown.get_page(request.GET.get("page"))
    is_author = rights.written_for(request.user).exists()
    own = queue.own_waiting(request.user) if is_author else queue.own_waiting(request.user).none()
    context = {
        "page": shown,
        "rows": queue.rows_of(shown.object_list),
        "oldest": queue.told(queue.to_review(request.user)),
        "is_reviewer": rights.is_reviewer(request.user),
        "is_author": is_author,
        "own": queue.rows_of(own[:ON_A_PAGE]),
    }
    return page(request, "authoring/review/queue.html", context)


def still_waiting(view):
    """A view that answers a review which is this person's to answer; whoever comes late is told so."""

    @wraps(view)
    def answering(request, review):
        review = review_of(request.user, review)
        if review.is_waiting:
            return view(request, review)
        messages.info(request, _("This was answered or taken back meanwhile. Nothing of yours was done."))
        return redirect("review", review.pk)

    return answering


@require_safe
def review(request, review):
    return _page(request, review_of(request.user, review))


@require_POST
@still_waiting
def comments(request, review):
    form = CommentForm(request.POST, parts=_parts_of(review))
    if not form.is_valid():
        return _page(request, review, comment=form, status=400)
    comment = form.save(commit=False)
    comment.review, comment.author = review, request.user
    comment.save()
    return redirect(reverse("review", args=[review.pk]) + (f"#part-{comment.block}" if comment.block else "#whole"))


@require_POST
@still_waiting
def sent_back(request, review):
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, review, words=form, status=400)
    if send_back(review, request.user, form.cleaned_data["words"]):
        messages.success(request, _("Sent back with your words."))
    return redirect("reviews")


@require_POST
@still_waiting
def published(request, review):
    """Or, of an asking to be offered to all centres, agreed to."""
    if review.is_offer:
        if agree_to_offer(review, request.user):
            messages.success(request, _("All centres may take it now."))
        else:
            messages.info(request, _("It can be offered when learners see it, and whose knowledge it is has agreed."))
        return redirect("reviews")
    try:
        done = publish(review, request.user, _number(request.POST.get("revision")))
    except NotReady as refused:
        return _page(request, review, found=refused.args[0], status=400)
    except NewerHandedIn:
        messages.info(request, _("The author has handed in a newer version meanwhile. Please look at it once more."))
        return _page(request, review, status=409)
    if done:
        messages.success(request, _("Learners see it now."))
    return redirect("reviews")


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _parts_of(review):
    return {str(block.id) for block in _version(review).body}


def _version(review):
    """The page as it was handed in; the live one if that version is gone."""
    return review.revision.as_object() if review.revision else review.lesson


def _live(lesson):
    return LessonPage.objects.live().filter(pk=lesson.pk).first()


def _page(request, review, comment=None, words=None, found=None, status=200):
    version = _version(review)
    comparison = compare(_live(review.lesson) if not review.is_offer else version, version)
    found = missing(version) if found is None and review.is_waiting else found or []
    anew = changed_meanings(review.lesson, version.body) if review.is_waiting else set()
    drawn = {} if found else _drawn(request, review, version)  # what is half-written is shown as words
    said = _comments(review)
    context = {
        "review": review,
        "lesson": version,
        "course": review.lesson.course,
        "comparison": comparison,
        "title_read": drawn.get(None, ""),
        "parts": [(part, drawn.get(part.id), said.get(part.id, [])) for part in comparison.parts],
        "missing": found,
        "anew": anew,
        "answered_anew": answered(review.lesson, anew) if anew else set(),
        "whole": said.get("", []),
        "comment_form": comment or CommentForm(),
        "words_form": words or WordsForm(),
        "is_refused": status == 400 and not comment and not words,
    }
    return page(request, "authoring/review/review.html", context, status=status)


def _drawn(request, review, version):
    """Its parts as learners will see them."""
    place = Place(review.lesson.course, [version], version)
    return draw_each(version, frame(request, reader_of(request), place, is_preview=True))


def _comments(review):
    """{block's id, or "" for the whole: what was said of it since learners saw the lesson last, mended or not}"""
    comments = ReviewComment.objects.filter(review__lesson=review.lesson_id, created_at__gt=_since(review))
    found = {}
    for comment in comments.filter(review__submitted_at__lte=review.submitted_at).select_related("author"):
        found.setdefault(str(comment.block or ""), []).append(comment)
    return found


def _since(review):
    """When an earlier asking ended with learners seeing it."""
    earlier = review.lesson.reviews.filter(state=LessonReview.State.PUBLISHED, submitted_at__lt=review.submitted_at)
    return earlier.aggregate(last=Max("reviewed_at"))["last"] or datetime.min.replace(tzinfo=UTC)
