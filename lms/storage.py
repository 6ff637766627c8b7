"""Static files with their hashed names, each looked up once, and our modules without their comments."""

import re
from functools import cache

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Whole lines, and what follows code without a quote in it. tests/test_static.py holds that this never meets a text.
COMMENTS = re.compile(rb"^[ \t]*//.*\n|[ \t]+// [^\"'`\n]*$", re.MULTILINE)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """A page names the icons' file a dozen times, and its address changes only with a new start of the one storage.

    A module names those it needs by a path beside it ("./seal.js"), here hashed like every other name: an import map
    would be an inline script, which our content policy forbids, and service workers know none.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 10  # as deep as modules may name modules that name modules: together/resume.js needs six

    @cache  # noqa: B019
    def url(self, name, force=False):
        return super().url(name, force)

    def _save(self, name, content):
        """What a module says to those who read it here is a quarter of it, and nothing to a phone."""
        if name.startswith("js/"):
            content = ContentFile(COMMENTS.sub(b"", b"".join(content.chunks())))
        return super()._save(name, content)
