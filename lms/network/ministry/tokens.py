"""Programs that read the nation's counts."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS
from lms.network import tokens as page
from lms.network.ministry.access import ministry_only


def tokens_of_the_ministry():
    """Those for counts of the whole nation, whichever officer made them."""
    return ApiToken.objects.filter(centre="", scopes=READ_COUNTS)


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_only
@sensitive_variables()
def tokens(request):
    found = tokens_of_the_ministry()
    return page.answer(request, found, [READ_COUNTS], section="ministry", tab="tokens", url=reverse("ministry:tokens"))


@require_POST
@ministry_only
def token(request, token):
    page.revoke(request, tokens_of_the_ministry(), token)
    return redirect("ministry:tokens")
