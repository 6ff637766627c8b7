"""What of an address is refused, and how people read it: after the name that they see on the page."""

from django.utils.translation import gettext_lazy

from courses.filters import BadFilter
from lms.accounts.asked import misnamed

LABELS = {
    "place": gettext_lazy("Place"),
    "region": gettext_lazy("Region"),
    "province": gettext_lazy("Province"),
    "district": gettext_lazy("District"),
    "centre": gettext_lazy("Centre"),
    "from": gettext_lazy("From month"),
    "to": gettext_lazy("To month"),
    "host_kind": gettext_lazy("Host"),
    "course": gettext_lazy("Course"),
    "lesson": gettext_lazy("Lesson"),
    "by": gettext_lazy("Show by"),
    "sort": gettext_lazy("In the order of"),
    "figures": gettext_lazy("What is counted"),
    "page": gettext_lazy("Page"),
    "show": gettext_lazy("Show"),
    "state": gettext_lazy("The centre's answer"),
    "kind": gettext_lazy("What looked unusual"),
    "format": gettext_lazy("Kind of file"),
    "part": gettext_lazy("Table in the file"),
    "per": gettext_lazy("A row for each"),
}


def told(bad):
    """A BadFilter in words. What nothing here is called stands as it was written."""
    return f"{LABELS.get(bad.field, bad.field)}: {bad.message}"


def refuse_unknown(request, known):
    """Raises BadFilter for a name that means nothing here, or is there twice: what it says would quietly be ignored."""
    if wrong := misnamed(request.GET, known):
        raise BadFilter(*wrong)
