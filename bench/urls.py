"""The whole site, and the bare view that every figure is set beside."""

from django.shortcuts import render
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.accounts.models.token import READ_PROGRESS
from lms.urls import handler400, handler403, handler404, handler500
from lms.urls import urlpatterns as site_patterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request):
    """A template of three lines, through the same middleware."""
    return render(request, "bench_bare.html", {"name": "Sala"})


class Bare(APIView):
    """As little as an API's view can do: with it the check of a token is measured."""

    scope = READ_PROGRESS

    def get(self, request):
        return Response({"name": "Sala"})


unchecked = Bare.as_view(authentication_classes=[], permission_classes=[], throttle_classes=[])
urlpatterns = [
    path("bare/", bare),
    path("bare-api/", unchecked),
    path("bare-api/checked/", Bare.as_view()),
    *site_patterns,
]
