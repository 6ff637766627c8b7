"""Static files with their hashed names, each looked up once, without comments, and under a short head."""

import re
from functools import cache

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Whole lines, and what follows code without a quote in it. tests/test_static.py holds that this never meets a text.
COMMENTS = re.compile(rb"^[ \t]*//.*\n|[ \t]+// [^\"'`\n]*$", re.MULTILINE)
STYLE_COMMENTS = re.compile(rb"[ \t]*/\*.*?\*/", re.DOTALL)
OURS = {"js/": COMMENTS, "css/": STYLE_COMMENTS}

# Of use to what may change, to a page, or to another host. They are as long as many a module, and nothing packs them.
NEEDLESS = ("ETag", "Last-Modified", "Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Request-ID")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """A page names the icons' file a dozen times, and its address changes only with a new start of the one storage.

    A module names those it needs by a path beside it ("./seal.js"), here hashed like every other name: an import map
    would be an inline script, which our content policy forbids, and service workers know none.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 10  # as deep as modules may name modules that name modules: together/ahead.js needs seven

    @cache  # noqa: B019
    def url(self, name, force=False):
        return super().url(name, force)

    def _save(self, name, content):
        """What a file says to those who read it here is up to a quarter of it, and nothing to a phone."""
        for folder, comments in OURS.items():
            if name.startswith(folder):
                content = ContentFile(comments.sub(b"", b"".join(content.chunks())))
        return super()._save(name, content)


class ShortHeadMiddleware:
    """Before all others: a file that is kept for ever, as its name is its content, comes without needless headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "immutable" in response.headers.get("Cache-Control", ""):
            for name in NEEDLESS:
                response.headers.pop(name, None)
        return response
