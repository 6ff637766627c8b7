"""Member cards as PDF: A4 pages of eight, to be printed and cut."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.accounts import press
from lms.centres.cards import card_of

HERE = Path(__file__).parent
ROOT = settings.BASE_DIR / "lms"  # Typst reads nothing that lies outside

# None of those of the secret codes, so that no card can be taken for a hint.
PICTURES = (
    "abacus", "alarm-clock", "banana", "basket", "camera", "canoe", "fountain-pen", "house-with-garden", "light-bulb",
    "megaphone", "memo", "microphone", "newspaper", "pickup-truck", "potted-plant", "seedling", "sports-medal",
    "sun-behind-rain-cloud", "thread", "tractor", "yarn",
)  # fmt: skip


def printed(learners, centre, site):
    """The PDF of these learners' cards; `site` is what their QR codes begin with, https://sala.example."""
    data = {"words": words_of(centre), "cards": [as_data(learner, site) for learner in learners]}
    return press.printed(HERE / "cards.typ", data, ROOT)


def words_of(centre):
    """What every card says, in each language: a card speaks its learner's."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = {
                "title": _("Member card"),
                "centre": str(centre),
                "secret": _("The secret code is not on this card"),
            }
    return found


def as_data(learner, site):
    with translation.override(settings.LANGUAGE_CODE):
        address = site + reverse("card", args=[card_of(learner)])
    return {
        "name": learner.name,
        "family": learner.family_name,
        "language": learner.language,
        "picture": picture_of(learner),
        "qr": qr(address),
    }


def qr(address):
    """As SVG. To choose the best of eight masks takes most of the time; an address that ends at random needs none."""
    import segno  # large, and seldom asked for

    return segno.make_qr(address, error="m", mask=3).svg_inline(omitsize=True)


def picture_of(learner):
    """The same on every card that is ever printed for them."""
    return PICTURES[learner.pk.int % len(PICTURES)]
