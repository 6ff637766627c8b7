"""The Thai words of Wagtail's scripts: its own, and those of locale/studio, which it has not."""

from django.conf import settings
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

OURS = str(settings.BASE_DIR / "locale" / "studio")


class Words(JavaScriptCatalog):
    def get_paths(self, packages):
        """Django looks only into packages; what comes later here counts more."""
        return [*super().get_paths(packages), OURS]


_catalogue = Words.as_view(packages=["wagtail.admin"])


def words(request):
    """In the language that the reader has chosen for the studio."""
    return get_localized_response(_catalogue, request)
