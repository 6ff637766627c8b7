"""บทเรียนของเรา: what an author writes and how each lesson stands; the studio's first page."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.authoring import rights
from courses.authoring.pages import for_authors
from courses.authoring.review.queue import to_review, told
from courses.authoring.studio.pages import page
from courses.authoring.studio.states import SHOWS, shown, state_of, with_reviews
from courses.models import with_courses

LESSONS_ON_A_PAGE = 20
WORDS = {
    "": _("All"),
    "drafts": _("Drafts"),
    "waiting": _("Wait to be looked at"),
    "sent_back": _("To be mended"),
    "published": _("Learners have them"),
}


@require_safe
@for_authors
def home(request):
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    lessons = with_reviews(rights.lessons_written_by(request.user)).order_by("-latest_revision_created_at", "-pk")
    lessons = shown(lessons.defer("body").select_related("picture"), show)
    found = Paginator(lessons, LESSONS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "lessons",
        "lessons": found,
        "rows": _rows(found),
        "show": show,
        "shows": WORDS.items(),
        "may_write": rights.is_author(request.user),
        "is_reviewer": rights.is_reviewer(request.user),
        "to_review": told(to_review(request.user)),
        "is_editor": rights.edits_national(request.user),
    }
    return page(request, "authoring/studio/home.html", context)


def _rows(lessons):
    """Each lesson with its state; the courses' names are asked for once for all of them."""
    today = timezone.localdate()
    return [{"lesson": lesson, "state": state_of(lesson, today)} for lesson in with_courses(lessons)]
