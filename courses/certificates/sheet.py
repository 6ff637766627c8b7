"""The certificate on paper: A4 across, in Thai, with a QR that anybody can check."""

from pathlib import Path

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.templatetags.learning import duration
from lms.accounts import press
from lms.accounts.templatetags.dates import formal_day

HERE = Path(__file__).parent
STANDARDS = ["ua-1"]  # PDF/UA: it can be read out
OUTCOMES_SHOWN = 6


def printed(certificate, site):
    """The PDF; `site` is what the QR's address begins with, https://sala.example."""
    with translation.override("th"):
        data = _as_data(certificate, site)
    return press.printed(HERE / "certificate.typ", data, HERE, STANDARDS)


def address_of(certificate, site):
    """What the QR says: opened with a line it asks the site, without one the page that a browser has kept."""
    return _beginning(site) + certificate.statement + "/"


def _beginning(site):
    with translation.override("th"):
        return site + reverse("check")


def qr_of(certificate, site):
    """The statement's letters are in QR's own alphabet, which takes a third less room."""
    import segno
    from segno.consts import MODE_ALPHANUMERIC, MODE_BYTE

    letters = [(_beginning(site), MODE_BYTE), (f"{certificate.statement}/", MODE_ALPHANUMERIC)]
    return segno.make_qr(letters, error="m")


def _as_data(certificate, site):
    return {
        "title": _("Certificate of %(name)s") % {"name": certificate.name},
        "number": certificate.number,
        "issuer": certificate.issuer,
        "centre": place_of(certificate),
        "name": certificate.name,
        "course": certificate.course_title,
        "outcomes": certificate.outcomes[:OUTCOMES_SHOWN],
        "signatories": certificate.signatories,
        "address": _beginning(site).partition("://")[2],
        "qr": qr_of(certificate, site).svg_inline(omitsize=True),
        "words": {
            "mark": _("Sala"),
            "certificate": _("Certificate"),
            "given": _("give this certificate to"),
            "learned": _("who has learned, and done with their own hands, all of the course"),
            "hours": _("Time to learn: %(time)s") % {"time": duration(certificate.minutes)},
            "day": _("Given on %(day)s") % {"day": formal_day(certificate.finished_at)},
            "number": _("Number %(number)s") % {"number": certificate.number},
            "check": _("To check it, scan the code or open"),
            "qr": _("The code by which this certificate is checked"),
        },
    }


def place_of(certificate):
    """The second line, in Thai: the centre, if it is not the one that gives the certificate."""
    if certificate.centre_name == certificate.issuer:
        return ""
    with translation.override("th"):
        return _("together with %(centre)s") % {"centre": certificate.centre_name}
