"""Pictures tapped one request at a time, where there is no JavaScript.

They are kept in the session and not in the page, where the next person could read them.
"""

from lms.accounts.codes import PICTURES, TAPS


def taps_so_far(request, whose):
    owner, taps = request.session.get("taps", ("", []))
    return taps if owner == whose else []


def take_taps(request, whose):
    """The taps with those of this request; three of them are a code and are kept no longer.

    None where the form holds something else than pictures.
    """
    new = request.POST.getlist("picture")
    taps = taps_so_far(request, whose)
    taps = taps[:-1] if "erase" in request.POST else [*taps, *new]
    if len(taps) > TAPS or not all(picture in PICTURES for picture in new):
        return None
    if 0 < len(taps) < TAPS:
        request.session["taps"] = (whose, taps)
    else:
        forget_taps(request)
    return taps


def forget_taps(request):
    request.session.pop("taps", None)
