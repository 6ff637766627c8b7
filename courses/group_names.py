"""Somebody types their name where none are shown: whose name and code these are.

Whoever asks learns only that both are right or that they are not, and pays for what is not with one try at that place,
whether it is the name or the code: so nobody finds out in this way who lives in a village.
"""

from lms.accounts import thai, tries
from lms.accounts.models import SecretCode, User
from lms.centres.cards import card_in, learner_among
from lms.centres.models import Device
from lms.centres.signing_in import Answer, note_wrong_code, people_with_codes, try_code, wait_at


def the_one_named(centre, move, code, place):
    """Their id and COME_IN; or None and AGAIN, or WAIT. Of two with one name it is the one whose code fits."""
    if wait_at(place):
        return None, Answer.WAIT
    secrets = SecretCode.objects.select_for_update().filter(user__in=_named(centre, move).values("pk")).order_by("pk")
    others, fitting = [], []
    for secret in secrets:  # locked, so that guesses at the same time count one by one
        (fitting if code and secret.matches(code) else others).append(secret.user_id)
    if len(fitting) == 1:
        learner = people_with_codes(centre).get(pk=fitting[0])
        if try_code(place, learner, code) is Answer.COME_IN:
            return learner.pk, Answer.COME_IN
    elif not fitting:
        for other in others:
            note_wrong_code(other)
    tries.note(place)
    return None, Answer.AGAIN


def _named(centre, move):
    """Who has that name; or whose member card it is that a scanner typed in its place."""
    if card := card_in(move.called):
        whose = learner_among(people_with_codes(centre), card)
        return people_with_codes(centre).filter(pk=whose and whose.pk)
    called, family = thai.normalise(move.called), thai.normalise(move.family)
    found = people_with_codes(centre).filter(name=called)
    return found.filter(family_name=family) if family else found


def hold(device, leader):
    """Guesses from one phone, in groups of which it tells at the same time, count one by one; and so do those of
    whoever leads where there is no device.
    """
    if not list(Device.objects.select_for_update().filter(pk=device).values_list("pk")):
        list(User.objects.select_for_update().filter(pk=leader).values_list("pk"))
