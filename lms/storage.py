"""Static files with their hashed names, each looked up once."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """A page names the icons' file a dozen times, and its address changes only with a new start of the one storage."""

    @cache  # noqa: B019
    def url(self, name, force=False):
        return super().url(name, force)
