"""The reader's own letters, contrast and theme: kept with the person, and in cookies where nobody else follows."""

LOOKS = {"letters": ("large", "larger"), "contrast": ("more",), "theme": ("light", "dark")}
YEAR = 365 * 24 * 3600


def look_of(request):
    """What the person keeps, at whatever machine; of a visitor, and of who never chose, what this browser keeps."""
    return own_look(getattr(request, "user", None)) or _known(request.COOKIES)


def own_look(user):
    return _known({name: getattr(user, name, "") for name in LOOKS})


def keep_look(request, response):
    """Keep what the form asks for; what it leaves empty goes back to the system's own."""
    asked = {name: request.POST[name] for name in LOOKS if name in request.POST}
    if request.user.is_authenticated:
        look = look_of(request) | _known(asked)
        request.user.keep_look({name: value for name, value in look.items() if asked.get(name, value)})
    kept = {} if _is_shared(request) else _known(asked)
    for name in asked:
        _set(request, response, name, kept.get(name))
    return response


def bring_look(request, response, user):
    """Somebody came in on a phone of their own: it keeps their look, also when they are signed out."""
    look = own_look(user) if "device" in request.session and not _is_shared(request) else {}
    for name in LOOKS if look else ():
        _set(request, response, name, look.get(name))
    return response


def leave_look(request, response):
    """Somebody goes: on a phone of their own the look stays, and at a shared machine none does."""
    return drop_look(response) if _is_shared(request) else bring_look(request, response, request.user)


def drop_look(response):
    """The next person at a shared device starts fresh."""
    for name in LOOKS:
        response.delete_cookie(name, samesite="Lax")
    return response


def _known(values):
    """Unknown values are ignored."""
    return {name: values[name] for name, known in LOOKS.items() if values.get(name) in known}


def _is_shared(request):
    return "seen" in request.session


def _set(request, response, name, value):
    if value:
        response.set_cookie(name, value, YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    else:
        response.delete_cookie(name, samesite="Lax")
