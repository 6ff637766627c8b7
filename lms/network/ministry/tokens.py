"""Programs that read the nation's counts."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS
from lms.network import tokens as page
from lms.network.ministry.views import is_officer


def tokens_of_the_ministry(user):
    """Those for counts of the whole nation, whichever officer made them. Raises Http404 for who is none."""
    if not is_officer(user):
        raise Http404
    return ApiToken.objects.filter(centre="", scopes=READ_COUNTS)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@sensitive_variables()
def tokens(request):
    found = tokens_of_the_ministry(request.user)
    return page.answer(request, found, [READ_COUNTS], section="ministry", tab="tokens", url=reverse("ministry:tokens"))


@require_POST
@login_required
@never_cache
def token(request, token):
    page.revoke(request, tokens_of_the_ministry(request.user), token)
    return redirect("ministry:tokens")
