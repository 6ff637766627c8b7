"""The public page that says what each figure counts."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.definitions import DEFINITIONS, VERSIONS


@require_safe
def definitions(request):
    return render(request, "ministry/definitions.html", {"definitions": DEFINITIONS, "versions": VERSIONS})
