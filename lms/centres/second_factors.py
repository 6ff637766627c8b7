"""A lost phone: somebody who knows its owner takes the second factor away, and it is written down."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import User
from lms.accounts.second_factor import checking
from lms.centres.audit import Action, note


class Known(models.TextChoices):
    """How whoever resets knows that it is them who ask. Not by a letter or a message: these can be anybody's."""

    MET = "known-met", _("They stand before me, and I know them")
    VOICE = "known-voice", _("I rang them at their own number, and know the voice")
    VOUCHED = "known-vouched", _("Somebody who knows them has seen them, and told me")


@transaction.atomic
def reset(username, by, known=""):
    """The person whose second factor was taken away, and who was signed out everywhere; None if there is no such.

    A superuser's is reset by superusers alone, and nobody's own, which takes a code. `by` is None for the command.
    """
    people = User.objects.filter(username=username, second_factor__isnull=False)
    if by:
        people = people.exclude(pk=by.pk)
    if by and not by.is_superuser:
        people = people.filter(is_superuser=False)
    person = people.first()
    if person and checking.take_away(person):
        note(by, Action.FACTOR_RESET, person, detail=str(known))
        return person
    return None
