"""The page that Prometheus reads, for whoever has the word that SALA_METRICS names. For all others it is not there."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache


@never_cache
def metrics(request):
    if not settings.SALA_METRICS or not _is_asked_with(request, settings.SALA_METRICS):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST

    from lms.watching.metrics import written

    return HttpResponse(written(), content_type=CONTENT_TYPE_LATEST)


def _is_asked_with(request, word):
    return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {word}")
