"""Static files with their hashed names, each looked up once."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """A page names the icons' file a dozen times, and its address changes only with a new start of the one storage.

    A module names those it needs by a path beside it ("./seal.js"), here hashed like every other name: an import map
    would be an inline script, which our content policy forbids, and service workers know none.
    """

    support_js_module_import_aggregation = True

    @cache  # noqa: B019
    def url(self, name, force=False):
        return super().url(name, force)
