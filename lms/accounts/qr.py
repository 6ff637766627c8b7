"""Addresses as pictures, for a phone's camera."""

from django.utils.safestring import mark_safe


def qr(address, title):
    """The address as a picture in the page; black on white in a dark page too, as cameras want it."""
    import segno  # large, and seldom asked for

    code = segno.make_qr(address, error="m")
    return mark_safe(code.svg_inline(omitsize=True, light="#fff", svgclass="qr", lineclass=None, title=title))
