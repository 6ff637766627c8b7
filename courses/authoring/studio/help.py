"""How a lesson is written, in one page."""

from django.views.decorators.http import require_safe

from courses.authoring.pages import for_authors
from courses.authoring.patterns.kinds import PATTERNS
from courses.authoring.studio.pages import page


@require_safe
@for_authors
def help_page(request):
    return page(request, "authoring/studio/help.html", {"tab": "help", "patterns": PATTERNS.values()})
