"""Between the bank and lessons: a question goes into a draft, and out of a lesson into the bank."""

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.authoring.access import locked_by_others
from courses.authoring.bank.forms import make
from courses.authoring.bank.questions import as_block, as_stored, asked, blocks, kinds
from courses.authoring.bank.views import ICON, above, own_question
from courses.authoring.drafts import newest_draft
from courses.authoring.pages import for_authors, paginated, studio_page
from courses.authoring.rights import lessons_changed_by, lessons_written_by, written_for
from courses.models import BankQuestion, with_courses

HAS_DRAFT = Q(live=False) | Q(has_unpublished_changes=True)


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def into_lesson(request, question):
    """Choose a lesson of one's own. A published one stays as it is: the question goes into its draft."""
    question = own_question(request, question)
    lessons = lessons_changed_by(request.user)
    if request.method == "POST":
        lesson = get_object_or_404(lessons, pk=_number(request.POST.get("lesson")))
        if locked := locked_by_others(lesson, request.user):
            messages.error(request, locked)
            return redirect("bank_question_into_lesson", question.pk)
        put_in(question, lesson, request.user)
        messages.success(request, _("The question stands at the end of the lesson. Move it where it belongs."))
        return redirect("wagtailadmin_pages:edit", lesson.pk)
    found = lessons.annotate(is_draft=HAS_DRAFT).order_by(
        "-is_draft", F("latest_revision_created_at").desc(nulls_last=True), "path"
    )
    shown = paginated(request, found.defer("body"))
    return studio_page(
        request,
        "authoring/bank/into_lesson.html",
        _("Put into a lesson"),
        ICON,
        above(),
        question=question,
        lessons=with_courses(shown["page"]),
        **shown,
    )


def put_in(question, lesson, user):
    """At the end of what the lesson's author wrote last, with an id of its own: answers to it are this lesson's."""
    with newest_draft(lesson, user, log_action=True) as draft:
        draft.body.append((question.kind, as_block(question.kind, question.value)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def out_of_lesson(request, page):
    """Tick the questions of a lesson that the centre's bank is to keep."""
    lesson = get_object_or_404(lessons_written_by(request.user), pk=page)
    centre = written_for(request.user).filter(pk=lesson.course.centre_id).first()
    if centre is None:
        raise Http404
    draft = lesson.get_latest_revision_as_object()
    asking = [block for block in draft.body if block.block_type in blocks()]
    if request.method == "POST":
        chosen = set(request.POST.getlist("block"))
        kept = [
            make(centre, request.user, block.block_type, as_stored(block.block_type, block.value))
            for block in asking
            if str(block.id) in chosen
        ]
        BankQuestion.objects.bulk_create(kept)
        if kept:
            told = ngettext("%(n)d question is kept in the bank.", "%(n)d questions are kept in the bank.", len(kept))
            messages.success(request, told % {"n": len(kept)})
            return redirect("bank_questions")
        messages.error(request, _("Tick the questions first."))
    names = dict(kinds())
    rows = [
        {"id": block.id, "kind": names[block.block_type], "asked": asked(as_stored(block.block_type, block.value))}
        for block in asking
    ]
    return studio_page(
        request,
        "authoring/bank/out_of_lesson.html",
        _("Keep questions of this lesson"),
        ICON,
        above(),
        lesson=draft,
        rows=rows,
    )


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
