"""Setting up a second factor, asking for its codes, and taking it away."""

import re
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.db.models import F

from lms.accounts import tries
from lms.accounts.models import SecondFactor, User
from lms.accounts.second_factor import secrets
from lms.accounts.thai import to_arabic_digits


class Answer(Enum):
    RIGHT = "a code of the app"
    RECOVERED = "a recovery code, which is used up now"
    AGAIN = "neither, or one that was used before"
    WAIT = "too many wrong ones"
    NONE = "there is no second factor any more"


def digits_in(typed):
    """Thai or Arabic digits, with spaces or dashes between, as people copy them; "" for what is no code."""
    digits = "".join(to_arabic_digits(typed[:60]).replace("-", " ").split())
    return digits if re.fullmatch("[0-9]{6}|[0-9]{12}", digits) else ""


@transaction.atomic
def try_code(user, typed):
    """Whether this code is theirs. The row stays locked meanwhile, so that guesses in parallel count one by one."""
    factor = SecondFactor.objects.select_for_update().filter(user_id=user.pk).first()
    if factor is None:
        return Answer.NONE
    if seconds_to_wait(user):
        return Answer.WAIT
    answer = _judge(factor, digits_in(typed))
    if answer is Answer.AGAIN:
        tries.note(_subject(user))
    else:
        factor.save(update_fields=["last_step", "recovery"])
        tries.forget(_subject(user))
    return answer


def _judge(factor, code):
    """Uses the code up, where it is right."""
    try:
        step = secrets.step_of(secrets.unseal(factor.sealed, factor.user_id), code, after=factor.last_step)
    except secrets.Locked:
        return Answer.AGAIN
    if step:
        factor.last_step = step
        return Answer.RIGHT
    mac = secrets.mac_of(code, factor.user_id)
    if mac in factor.recovery:
        factor.recovery = [other for other in factor.recovery if other != mac]
        return Answer.RECOVERED
    return Answer.AGAIN


def seconds_to_wait(user):
    """How long until another code may be tried; 0 for at once."""
    subject = _subject(user)
    return max(
        tries.seconds_to_wait(subject, settings.SALA_SECOND_FACTOR_TRIES, settings.SALA_SECOND_FACTOR_WINDOW),
        tries.seconds_to_wait(subject, settings.SALA_SECOND_FACTOR_SLOW_TRIES, settings.SALA_SECOND_FACTOR_SLOW_WINDOW),
    )


@transaction.atomic
def set_up(user, secret, typed):
    """The new factor and its recovery codes, if the app shows what we would; else (None, []).

    Of two forms sent at once the first counts: then the other gets (the factor, []).
    """
    step = secrets.step_of(secret, digits_in(typed))
    if step is None:
        return None, []
    codes = secrets.recovery_codes()
    factor, is_new = SecondFactor.objects.get_or_create(
        user_id=user.pk,
        defaults={
            "sealed": secrets.seal(secret, user),
            "last_step": step,
            "recovery": [secrets.mac_of(code, user.pk) for code in codes],
        },
    )
    return factor, codes if is_new else []


@transaction.atomic
def new_recovery_codes(user):
    """Ten others; those before work no longer."""
    codes = secrets.recovery_codes()
    macs = [secrets.mac_of(code, user.pk) for code in codes]
    return codes if SecondFactor.objects.filter(user_id=user.pk).update(recovery=macs) else []


@transaction.atomic
def take_away(user):
    """Whether there was one. All sessions end: whoever found the phone may be in one, and would set up their own."""
    tries.forget(_subject(user))
    User.objects.filter(pk=user.pk).update(sign_in_round=F("sign_in_round") + 1)
    taken, _rows = SecondFactor.objects.filter(user_id=user.pk).delete()
    return bool(taken)


def _subject(user):
    return f"second-factor:{user.pk}"
