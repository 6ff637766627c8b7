"""Which centre a line of a list is about, where centres have changed their codes or were merged."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from lms.centres.importing import Problem
from lms.centres.models import Centre, CentrePast


class Known(NamedTuple):
    """A centre: its code now, and that of the centre it was merged into."""

    pk: int
    code: str
    merged_into: str | None


def under_one_code(rows):
    """The rows that say clearly which centre they are about, with the code that it is to have; and the problems.

    `former_code` gives a centre a new code. A line with a code that a centre had is about that centre still.
    """
    known, good, problems, first_line = _known(), [], [], {}
    for row in rows:
        found, expected = _centre_of(row, known)
        if not expected and found and (before := first_line.setdefault(found.pk, row.line)) != row.line:
            expected = "code", _("a centre once only; line %d has it too") % before
        if expected:
            column, text = expected
            problems.append(Problem(row.line, column, row.values[column], text))
            continue
        if found:
            row.centre = found.pk
            if not row.values.get("former_code"):
                row.values["code"] = found.code
        good.append(row)
    return good, problems


def _known():
    """Every centre by every code that it has or had."""
    now = {pk: Known(pk, *codes) for pk, *codes in Centre.objects.values_list("pk", "code", "merged_into__code")}
    had = CentrePast.objects.values_list("code", "centre_id")
    return {code: now[pk] for code, pk in had} | {centre.code: centre for centre in now.values()}


def _centre_of(row, known):
    """The centre that a row is about, None for a new one; and the column and the text of what was expected."""
    code, former = row.values["code"], row.values.get("former_code")
    found = known.get(code)
    if former and former != code:
        earlier = known.get(former)
        if earlier is None:
            return None, ("former_code", _("the code that the centre has now"))
        if found and found.pk != earlier.pk:
            return None, ("code", _("a code that no other centre has or had"))
        if found and found.code != code:
            return None, ("code", _("a code that the centre did not have before; it is %s now") % found.code)
        found = earlier
    if found and found.merged_into:
        return None, ("code", _("a centre that is still there; this one was merged into %s") % found.merged_into)
    return found, None
