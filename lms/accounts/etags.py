"""Answers that a program may keep and ask about again: `ETag`, `If-None-Match` and 304."""

import hashlib
import json

from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.utils.encoders import JSONEncoder

from lms.accounts.tokens import is_token

DIFFERS_BY = ["Accept", "Accept-Language", "Authorization", "Cookie"]


class Tagged:
    """For a view that reads: its JSON has a tag, and who has it already gets 304 and no body.

    What is for a signed-in person stays uncached, as their machine may be shared; a program keeps what it got.
    `untagged` names what changes with every answer and says nothing new.
    """

    untagged = ()

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, DIFFERS_BY)
        if is_token(self.request):
            response.headers.setdefault("Cache-Control", "no-store" if response.streaming else "private, no-cache")
        if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.streaming:
            response.add_post_render_callback(lambda rendered: self._tagged(request, rendered))
        return response

    def _tagged(self, request, response):
        response["ETag"] = tag = f'W/"{self._digest(response)}"'  # weak: the same, packed or not
        return get_conditional_response(request, etag=tag, response=response)

    def _digest(self, response):
        said = response.content
        if self.untagged:
            kept = {name: value for name, value in response.data.items() if name not in self.untagged}
            said = json.dumps(kept, cls=JSONEncoder).encode()
        return hashlib.sha256(said).hexdigest()[:32]
