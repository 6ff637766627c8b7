"""The whole site, and the bare view that every figure is set beside."""

from django.shortcuts import render
from django.urls import path

from lms.urls import handler400, handler403, handler404, handler500
from lms.urls import urlpatterns as site_patterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request):
    """A template of three lines, through the same middleware."""
    return render(request, "bench_bare.html", {"name": "Sala"})


urlpatterns = [path("bare/", bare), *site_patterns]
