"""Programs that read what was learned at a centre, or send it in."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_PROGRESS, WRITE_EVENTS
from lms.centres.models import Centre, Membership
from lms.network import tokens as page
from lms.network.desk.access import centre_to_run, desk

SCOPES = [READ_PROGRESS, WRITE_EVENTS]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
@sensitive_variables()
def tokens(request):
    centre = centre_to_run(request)
    return page.answer(
        request,
        ApiToken.objects.of_centre(centre.code),
        SCOPES,
        centre,
        centres=request.centres,
        caretakers=caretakers_of(centre),
        section="desk",
        tab="more",
        url=reverse("desk:tokens"),
    )


@require_POST
@desk
def token(request, token):
    """End it; or, of a caretaker who left, take it over."""
    run = Centre.objects.run_by(request.user).order_by()
    found = get_object_or_404(ApiToken, pk=token, centre__in=run.values("code"))
    centre = run.get(code=found.centre)
    tokens = ApiToken.objects.of_centre(centre.code)
    if "take" in request.POST:
        page.take_over(request, tokens.usable().exclude(user__in=caretakers_of(centre)), token, centre)
    else:
        page.revoke(request, tokens, token, centre)
    return redirect(f"{reverse('desk:tokens')}?centre={centre.code}")


def caretakers_of(centre):
    """The pks of those in whose name a token still finds something here."""
    return set(Membership.objects.in_force().filter(centre=centre, role="caretaker").values_list("user", flat=True))
