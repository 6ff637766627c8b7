"""The reader's own letters, contrast and theme, kept in cookies."""

LOOKS = {"letters": ("large",), "contrast": ("more",), "theme": ("light", "dark")}
YEAR = 365 * 24 * 3600


def look_of(request):
    """Unknown values are ignored."""
    cookies = request.COOKIES
    return {name: cookies[name] for name, values in LOOKS.items() if cookies.get(name) in values}


def keep_look(request, response):
    """Set what the form asks for; what it leaves empty goes back to the system's own."""
    for name, values in LOOKS.items():
        if request.POST.get(name) in values:
            secure = request.is_secure()
            response.set_cookie(name, request.POST[name], YEAR, secure=secure, httponly=True, samesite="Lax")
        elif name in request.POST:
            response.delete_cookie(name, samesite="Lax")
    return response


def drop_look(response):
    """The next person at a shared device starts fresh."""
    for name in LOOKS:
        response.delete_cookie(name, samesite="Lax")
    return response
