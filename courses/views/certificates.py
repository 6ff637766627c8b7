"""ใบรับรอง: a learner's own, and those of the people that somebody looks after."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.certificates import Locked, NoCourse, badge, certificate_of, pdf_of, sheet
from courses.models import Certificate, CoursePage, Enrolment
from courses.readers import reader_of
from courses.views.check import site_of
from lms.accounts.templatetags.dates import formal_day
from lms.centres.audit import Action, note, note_look


@require_safe
@login_required
def certificates(request):
    """All courses that this learner has finished. What was not asked for yet is made when it is opened."""
    reader = reader_of(request)
    if not reader.is_learner:
        raise Http404
    finished = list(Enrolment.objects.of(reader.user).completed().order_by("-completed_at"))
    pages = CoursePage.objects.filter(key__in=[row.course for row in finished]).select_related("picture")
    pages = {page.key: page for page in pages}
    rows = [(pages[row.course], row) for row in finished if row.course in pages]
    return render(request, "courses/certificates.html", {"rows": rows})


@require_safe
@login_required
def certificate_of_course(request, learner, course):
    """To the certificate of a learner and a course: one's own, or of whom one looks after."""
    finished = Enrolment.objects.visible_to(request.user).completed().select_related("learner")
    enrolment = get_object_or_404(finished, learner=learner, course=course)
    try:
        given = certificate_of(enrolment)
    except NoCourse as error:
        raise Http404 from error
    except Locked:
        return render(request, "courses/no_certificate.html", status=503)
    if given is None:  # they were erased at this moment
        raise Http404
    return redirect("certificate", given.number)


@require_safe
@login_required
def certificate(request, number):
    shown = _visible(request, number)
    if shown.is_revoked:  # its name was put right: to the one in its place
        return redirect("certificate_of", shown.learner_id, shown.course)
    note_look(request.user, Action.LOOKED, shown.learner_id, detail="certificate")
    site, is_own = site_of(request), shown.learner_id == request.user.pk
    context = {
        "certificate": shown,
        "is_own": is_own,
        "back": reverse("certificates") if is_own else reverse("desk:learner", args=[shown.learner_id]),
        "day": formal_day(shown.finished_at),
        "place": sheet.place_of(shown),
        "qr": sheet.qr_of(shown, site).svg_inline(omitsize=True, svgclass="qr", lineclass=None),
        "address": sheet.address_of(shown, site),
    }
    return render(request, "courses/certificate.html", context)


@require_safe
@login_required
def certificate_pdf(request, number):
    shown = _valid(request, number)
    note_look(request.user, Action.LOOKED, shown.learner_id, detail="certificate")
    try:
        pdf = pdf_of(shown, site_of(request))
    except Certificate.DoesNotExist as error:
        raise Http404 from error
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sala-{shown.number}.pdf"'
    return answer


@require_safe
@login_required
def certificate_badge(request, number):
    """For the learner, to keep in a wallet of badges; others have no use for it but to know the name."""
    shown = _valid(request, number)
    if shown.learner_id != request.user.pk:
        note(request.user, Action.EXPORTED, shown.learner_id, detail="badge")
    try:
        told = badge.badge_of(shown, site_of(request))
    except Locked:
        return render(request, "courses/no_certificate.html", status=503)
    answer = HttpResponse(told, content_type="application/vc+jwt")
    answer["Content-Disposition"] = f'attachment; filename="sala-{shown.number}.jwt"'
    return answer


def _visible(request, number):
    return get_object_or_404(Certificate.objects.visible_to(request.user), number=number)


def _valid(request, number):
    """What was replaced names nobody, and whoever has its number asks /check/."""
    return get_object_or_404(Certificate.objects.visible_to(request.user).valid(), number=number)
