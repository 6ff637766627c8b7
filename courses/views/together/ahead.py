"""What an open page fetches ahead, so that a group can begin on it when the line goes; it lies in its memory only."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.views.together.kept import to_begin
from courses.views.together.start import centre_asked, what_is_asked
from lms.centres.consents import may_learn
from lms.centres.outbox import sealed_for
from lms.centres.signing_in import people_with_codes


@require_safe
@never_cache
def ahead(request):
    """For whoever may lead there: asked as courses.views.together.start.new is.

    Drawn without the request, and with nobody's name in it; only the key of whoever leads, as in each of their pages.
    """
    centre = centre_asked(request)
    course, lesson = what_is_asked(request, centre)
    if course is None:
        raise Http404
    mine = people_with_codes(centre.pk).filter(pk=request.user.pk).first()
    context = to_begin(course, lesson, is_learner=bool(mine and may_learn(mine)), centre=centre.code)
    context |= sealed_for(request) | {"is_ahead": True}
    return HttpResponse(render_to_string("together/ahead.html", context))
