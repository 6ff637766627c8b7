"""The bank in the studio: its questions, one of them, and what one may do with it."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.authoring.bank.forms import UNREADABLE, QuestionForm
from courses.authoring.bank.questions import as_block, blocks, kinds, kinds_with_examples, lacks_explanation
from courses.authoring.bank.showing import drawn
from courses.authoring.pages import for_authors, paginated, studio_page
from courses.authoring.rights import written_for
from courses.models import BankQuestion

ICON = "help"


def above():
    return [("bank_questions", _("Bank of questions"))]


@require_safe
@for_authors
def questions(request):
    words, kind = request.GET.get("q", "")[:200].replace("\0", ""), request.GET.get("kind", "")
    found = BankQuestion.objects.visible_to(request.user).about(words).select_related("centre")
    if kind in blocks():
        found = found.filter(kind=kind)
    shown = paginated(request, found)
    writes = set(written_for(request.user).values_list("pk", flat=True))
    names = dict(kinds())
    rows = [
        {
            "question": question,
            "kind": names.get(question.kind, question.kind),
            "lacks": lacks_explanation(question.kind, question.value),
            "is_own": question.centre_id in writes,
        }
        for question in shown["page"]
    ]
    return studio_page(
        request,
        "authoring/bank/questions.html",
        _("Bank of questions"),
        ICON,
        rows=rows,
        kinds=kinds(),
        kind=kind,
        words=words,
        writes=bool(writes),
        names_centres=len(writes) != 1 or any(not row["is_own"] for row in rows),
        **shown,
    )


@require_safe
@for_authors
def new(request):
    """Nine kinds, each shown as it looks to a learner."""
    own_centres(request)
    return studio_page(
        request, "authoring/bank/new.html", _("New question"), ICON, above(), kinds=kinds_with_examples()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def new_of_kind(request, kind):
    if kind not in blocks():
        raise Http404
    return _form(request, BankQuestion(kind=kind), own_centres(request), _("New question"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def question(request, question):
    question = own_question(request, question)
    return _form(request, question, [], question.title[:60])


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def removed(request, question):
    question = own_question(request, question)
    if request.method == "POST":
        question.delete()
        messages.success(request, _("The question is no longer in the bank. Lessons that have it keep it."))
        return redirect("bank_questions")
    return studio_page(
        request, "authoring/bank/remove.html", _("Take out of the bank"), "bin", above(), question=question
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def preview(request, kind):
    """The form as it is filled in, or an empty one, as a learner would see it."""
    if kind not in blocks():
        raise Http404
    form = QuestionForm(
        BankQuestion(kind=kind), own_centres(request), request.POST if request.method == "POST" else None
    )
    if form.unreadable:
        return HttpResponseBadRequest(UNREADABLE)
    return shown(request, kind, form.draft())


@require_safe
@for_authors
def seen(request, question):
    """A question of the bank as a learner would see it; for those too who only review."""
    question = get_object_or_404(BankQuestion.objects.visible_to(request.user), pk=question)
    return shown(request, question.kind, as_block(question.kind, question.value))


def shown(request, kind, value):
    return render(request, "authoring/bank/preview.html", {"drawn": drawn(request, kind, value)})


def own_question(request, pk):
    """One that they may change, or not found."""
    return get_object_or_404(BankQuestion.objects.kept_by(request.user).select_related("centre"), pk=pk)


def own_centres(request):
    """The centres that they write for; who writes for none has no bank to put anything in."""
    centres = list(written_for(request.user).order_by("name_th"))
    if not centres:
        raise Http404
    return centres


def _form(request, question, centres, title):
    sent = request.method == "POST"
    form = QuestionForm(question, centres, request.POST if sent else None)
    if form.is_valid():
        kept = form.save(request.user)
        messages.success(request, _("The question is kept in the bank."))
        return redirect("bank_question_into_lesson", kept.pk) if "into" in request.POST else redirect("bank_questions")
    return studio_page(
        request,
        "authoring/bank/question.html",
        title,
        ICON,
        above(),
        status=400 if sent else 200,
        form=form,
        media=form.media,
        question=question,
        kind=dict(kinds())[question.kind],
        is_new=question._state.adding,
    )


@require_POST
@for_authors
def copied(request, question):
    """Another one like it, to change."""
    question = own_question(request, question)
    copy = BankQuestion(centre=question.centre, kind=question.kind, value=question.value, created_by=request.user)
    copy.title, copy.search_text = question.title, question.search_text
    copy.save()
    return redirect("bank_question", copy.pk)
