"""What became of a centre, in sentences for its page, as old codes lead there and closed centres keep their figures."""

from django.utils.translation import gettext as _

from courses import periods
from lms.accounts.templatetags.dates import day
from lms.centres.models import Centre


def told(scope):
    """Of the scope's one centre: that it is not open, what it was merged into, and the codes it had. Two queries."""
    (pk,) = scope.places or (None,)
    centre = Centre.objects.select_related("merged_into").filter(pk=pk).first()
    if centre is None:
        return []
    sentences = []
    if centre.merged_into:
        told = {"centre": f"{centre.merged_into.name} ({centre.merged_into.code})", "day": day(centre.merged_at)}
        sentences.append(_("Since %(day)s it is part of %(centre)s.") % told)
    elif centre.status != Centre.Status.OPEN:
        told = {"status": centre.get_status_display(), "reason": centre.status_reason}
        sentences.append(_("Not open: %(status)s. %(reason)s") % told)
    codes = {}
    for past in centre.pasts.all():
        if past.code != centre.code:
            codes[past.code] = past.until
    return sentences + [
        _("Up to %(month)s its code was %(code)s.") % {"month": periods.month_label(until), "code": code}
        for code, until in codes.items()
    ]
