"""Nothing opens to a person who has given the password and not yet the second factor."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.accounts.problems import problem_json
from lms.accounts.second_factor import is_through

# The way through and the way out, and what says nothing that is anybody's.
OPEN = {"second_factor", "second_factor_set_up", "sign_out", "look", "media", "healthz", "worker", "manifest"}


class SecondFactorMiddleware:
    """Asked of every page, the studio's and the API's, as soon as it is known which one it is.

    Programs with a token have no session, and are not asked: a token is made by somebody who came through here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.resolver_match.view_name in OPEN:
            return None
        if not request.user.is_authenticated or is_through(request):
            return None
        if request.path_info.startswith("/api/"):
            detail = _("Your second factor is missing in this session. Open the site, and give the code of your app.")
            return problem_json(403, _("Not allowed"), detail)
        query = urlencode({"next": request.get_full_path()}) if request.method in ("GET", "HEAD") else ""
        return HttpResponseRedirect(f"{reverse('second_factor')}?{query}".rstrip("?"))
