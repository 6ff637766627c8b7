"""A list of learners from a spreadsheet: sent, looked through, put in by hundreds, and undone within a day."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.accounts.models import User
from lms.centres.audit import note_listed
from lms.centres.learner_files import LARGEST, Unreadable, too_large
from lms.centres.learner_lists import Places, read_learners
from lms.centres.models import Centre, Learner, LearnerImport, Subdistrict
from lms.network.desk.access import centre_to_run, desk
from lms.network.imports import MERGE, NEW, SKIP, choose, compare, put_in
from lms.network.undoing import stayed, undo

ENVELOPE = 64 * 1024  # what a form adds around its file
ON_A_PAGE = 50
LATEST = 10
PROBLEMS_SHOWN = 200


@csrf_exempt  # until the length is known: reading a form's token reads the whole file
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def imports(request):
    """What is longer than it says is cut off there by Django, and what does not say how long it is counts as empty."""
    length = request.headers.get("Content-Length", "")
    if request.method == "POST" and length.isdecimal() and int(length) > LARGEST + ENVELOPE:
        return refused(request, too_large())
    return received(request)


@csrf_protect
def received(request):
    centre = centre_to_run(request)
    if request.method != "POST":
        return page(request, centre)
    file = request.FILES.get("file")
    if file is None:
        return page(request, centre, _("Choose a file first."), status=400)
    try:
        rows, problems = read_learners(file.read(), places_of(centre))
    except Unreadable as error:
        return page(request, centre, str(error), status=413 if file.size > LARGEST else 400)
    compare(rows, centre)
    name = file.name[-200:].replace("\0", "")
    batch = LearnerImport.objects.create(
        centre=centre, made_by=request.user, file_name=name, rows=rows, problems=problems
    )
    return redirect("desk:import", batch.pk)


@require_safe
@desk
def batch(request, batch):
    return batch_page(request, batch_to_run(request, batch))


@require_POST
@desk
def confirm(request, batch):
    """The first press keeps the choices and begins; each further one puts in the next hundred."""
    batch = batch_to_run(request, batch)
    choices = {name[4:]: value for name, value in request.POST.items() if name.startswith("row-")}
    if choices or "all" in request.POST:
        if every := request.POST.get("all"):
            choices = {str(row["row"]): every for row in batch.rows}
        choose(batch, choices)
    if "go" not in request.POST:
        address = redirect("desk:import", batch.pk)
        address["Location"] += f"?page={request.POST.get('page', '1')[:6]}"
        return address
    done = request.POST.get("done", "")
    batch = LearnerImport.objects.get(pk=batch.pk)
    put_in(batch, int(done) if done.isascii() and done.isdigit() and len(done) < 6 else 0, request.user)
    return redirect("desk:import", batch.pk)


@require_POST
@desk
def undone(request, batch):
    batch = batch_to_run(request, batch)
    if not batch.undone_at and not batch.can_be_undone:
        return batch_page(request, batch, status=409)
    undo(batch, request.user)
    messages.success(request, _("The list is taken back."))
    return redirect("desk:import", batch.pk)


def batch_to_run(request, pk):
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    mine = LearnerImport.objects.visible_to(request.user).filter(centre__in=run)
    return get_object_or_404(mine.select_related("centre"), pk=pk)


def places_of(centre):
    return Places(centre, Subdistrict.objects.values_list("code", "name_th", "name_en"))


def refused(request, problem):
    """Without the form, as the centre that it names is not read either."""
    context = {"section": "desk", "tab": "more", "centre": request.centres[0], "centres": [], "problem": problem}
    return render(request, "desk/imports.html", context | {"batches": [], "largest": LARGEST}, status=413)


def page(request, centre, problem="", status=200):
    batches = LearnerImport.objects.visible_to(request.user).filter(centre=centre).defer("rows", "problems")
    context = {
        "section": "desk",
        "tab": "more",
        "centre": centre,
        "centres": request.centres,
        "problem": problem,
        "batches": batches.order_by("-made_at")[:LATEST],
        "largest": LARGEST,
    }
    return render(request, "desk/imports.html", context, status=status)


def batch_page(request, batch, status=200):
    """To look through, on its way, in, or taken back."""
    note_listed(request.user, batch.centre, "import")
    doubtful = [row for row in batch.rows if row["same_as"]]
    about_file = [each["expected"] for each in batch.problems if not each["row"]]
    problems = [each for each in batch.problems if each["row"]]
    page = told(Paginator(doubtful, ON_A_PAGE).get_page(request.GET.get("page")), batch)
    context = {
        "section": "desk",
        "tab": "more",
        "batch": batch,
        "centre": batch.centre,
        "centres": [],
        "about_file": about_file,
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": max(0, len(problems) - PROBLEMS_SHOWN),
        "left_out": len({each["row"] for each in problems}),
        "counts": {choice: sum(row["choice"] == choice for row in batch.rows) for choice in (NEW, MERGE, SKIP)},
        "minors": sum(row["choice"] == NEW and row["age_band"] in ("0-10", "11-19") for row in batch.rows),
        "total": len(batch.rows),
        "page": page,
        "next_page": min(page.number + 1, page.paginator.num_pages),
        "stayed": stayed(batch) if batch.undone_at else [],
    }
    return render(request, "desk/import.html", context, status=status)


def told(page, batch):
    """Each doubtful row with whom it may be."""
    people = Learner.objects.at(batch.centre_id).in_bulk([row["same_as"] for row in page])
    rows = {row["id"]: row for row in batch.rows}
    for row in page:
        other = next((person for pk, person in people.items() if str(pk) == row["same_as"]), None)
        above = rows.get(row["same_as"])
        row["other"], row["above"] = other, above and above["row"]
        row["age"] = dict(User.AgeBand.choices).get(row["age_band"], "")
    return page
