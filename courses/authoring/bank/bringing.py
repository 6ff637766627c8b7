"""Questions out of a file: sent, looked through line by line, and kept in the bank.

Until then nothing of them is kept anywhere: the page that shows them brings them back, sealed.
"""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from courses.authoring.bank.forms import make
from courses.authoring.bank.gift import read_gift
from courses.authoring.bank.questions import kinds
from courses.authoring.bank.sheets import QUESTIONS, read_sheet
from courses.authoring.bank.views import ICON, above, own_centres
from courses.authoring.pages import for_authors, studio_page
from courses.models import BankQuestion
from lms.accounts.cells import ZIP, Unreadable, text_of
from lms.accounts.ids import uuid7

SALT = "courses.authoring.bank.bringing"
GOOD_FOR = 24 * 3600  # seconds that one may take to look through
SHEETS = (".csv", ".xlsx", ".xls", ".tsv", ".ods")
LONGEST_SEALED = 1_500_000  # of what a page gives back; a form takes 2 MB


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def bring(request):
    """The page to send a file from, and then what is in it."""
    centres = own_centres(request)
    if request.method != "POST":
        return _page(request, centres)
    file, pasted = request.FILES.get("file"), request.POST.get("text", "").strip()
    try:
        if file is None and not pasted:
            raise Unreadable(_("Choose a file, or write the questions into the box."))
        if file is not None and file.size > QUESTIONS.largest:
            raise Unreadable(QUESTIONS.too_large())
        found, told = read(file.read(), file.name) if file else read_gift(pasted)
        if not found:
            raise Unreadable(_("No question was found in it."))
    except Unreadable as refused:
        return _page(request, centres, problem=str(refused), text=pasted, status=400)
    return _looked_through(request, centres, found, told, pasted)


def read(data, name):
    """By what is in the file: a workbook or CSV with headings, or else GIFT."""
    if data.startswith(ZIP) or name.lower().endswith(SHEETS):
        return read_sheet(data)
    text, told = text_of(data) if data.strip() else ("", [])
    found, more = read_gift(text)
    return found, told + more


@require_POST
@for_authors
def keep(request):
    """Put the ticked ones into the bank. Sent twice, it keeps them once."""
    centres = own_centres(request)
    try:
        sealed = signing.loads(request.POST.get("questions", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return _page(request, centres, problem=_("This page is too old. Please send the file once more."), status=400)
    centre = next((each for each in centres if str(each.pk) == request.POST.get("centre")), centres[0])
    chosen = set(request.POST.getlist("take"))
    taken = [make(centre, request.user, kind, value, pk=UUID(key)) for key, kind, value in sealed if key in chosen]
    if not taken:
        messages.error(request, _("Nothing was ticked, so nothing was kept. Please send the file once more."))
        return redirect("bank_questions_bring")
    BankQuestion.objects.bulk_create(taken, ignore_conflicts=True)
    told = ngettext("%(n)d question is kept in the bank.", "%(n)d questions are kept in the bank.", len(taken))
    messages.success(request, told % {"n": len(taken)})
    return redirect("bank_questions")


def _looked_through(request, centres, found, told, text):
    good = [(str(uuid7()), each) for each in found if each.kind]
    sealed = signing.dumps([(key, each.kind, each.value) for key, each in good], salt=SALT, compress=True)
    if len(sealed) > LONGEST_SEALED:
        return _page(request, centres, problem=QUESTIONS.too_many(), text=text, status=400)
    keys, names = {id(each): key for key, each in good}, dict(kinds())
    rows = [{"found": each, "key": keys.get(id(each)), "kind": names.get(each.kind, "")} for each in found]
    return studio_page(
        request,
        "authoring/bank/look_through.html",
        _("Questions of the file"),
        ICON,
        above(),
        rows=rows,
        told=told,
        sealed=sealed,
        good=len(good),
        bad=len(found) - len(good),
        centres=centres,
    )


def _page(request, centres, status=200, **context):
    title = _("Bring questions along")
    return studio_page(
        request, "authoring/bank/bring.html", title, ICON, above(), status=status, centres=centres, **context
    )
