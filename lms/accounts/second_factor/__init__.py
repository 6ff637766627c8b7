"""Who stands behind a session: after the password of staff comes a code of their phone's app.

The backend tells of each person of a session `needs_second_factor` and `second_factor_key` (None: there is none yet).
"""

MARK = "second_factor"  # in the session: the key of the factor that was shown


def is_through(request):
    """Whether the person of this session has shown all they must. A reset or another phone asks again."""
    key = request.user.second_factor_key
    if key is None:
        return not request.user.needs_second_factor
    return request.session.get(MARK) == str(key)


def let_through(request, factor):
    """From now on this session is theirs; under a new name, so that one known before is worth nothing."""
    request.session.cycle_key()
    request.session[MARK] = str(factor.pk)
