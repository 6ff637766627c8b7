"""The page of the open data, and its files. All of it is for everybody, and the same for everybody."""

import threading

from django.http import HttpResponseBadRequest, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rest_framework.exceptions import Throttled

from courses import periods
from lms.accounts.busy import come_again
from lms.accounts.exports import Export
from lms.accounts.replicas import reads_a_replica
from lms.network.open_data import licences, monthly
from lms.network.open_data.files import FILES, KINDS

KEPT = "public, max-age=3600"
_place = threading.BoundedSemaphore(1)  # of the threads of a process: visitors never take those of the staff


@require_safe
def page(request):
    last = monthly.last_month()
    context = {"files": FILES.values(), "licence": licences.chosen(), "last": periods.month_label(last)}
    return render(request, "data/open_data.html", context)


@require_safe
@reads_a_replica
def file(request, name, kind):
    try:
        months = _months(request) if FILES[name].has_months else {}
    except periods.BadPeriod as bad:
        return _open(HttpResponseBadRequest(str(bad), content_type="text/plain; charset=utf-8"))
    try:
        return _open(_sent(request, FILES[name], kind, months))
    except Throttled as busy:
        return _open(come_again(request, busy.wait))


def _sent(request, file, kind, months):
    """304 and nothing more to whoever has it already. Raises Throttled."""
    export = Export(lambda: file.pieces(kind, **months), file.has_months, _place)
    try:
        tag = file.tag(kind, **months)
    except BaseException:
        export.close()
        raise
    headers = {"ETag": tag, "Content-Disposition": f'attachment; filename="sala-{file.name}.{kind}"'}
    response = _open(StreamingHttpResponse(export, content_type=KINDS[kind], headers=headers))
    answer = get_conditional_response(request, etag=tag, response=response)
    if answer is not response:
        export.close()
    return _open(answer)


def _open(response):
    """Pages of other sites may read it, and caches keep it for an hour."""
    response["Access-Control-Allow-Origin"] = "*"
    if response.status_code in (200, 304):
        response["Cache-Control"] = KEPT
    return response


def _months(request):
    """{"first": the first month asked for, "last": the last}. Raises BadPeriod."""
    asked = {"first": request.GET.get("from", "").strip(), "last": request.GET.get("to", "").strip()}
    first = periods.read(asked["first"])[0] if asked["first"] else None
    last = periods.read(asked["last"])[1] if asked["last"] else None
    if first and last and first > last:
        raise periods.BadPeriod(_("The end lies before the beginning."))
    return {"first": first, "last": last}
