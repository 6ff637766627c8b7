"""Learners sign in with a name and a secret code, on a machine of their own centre and nowhere else."""

import time
from enum import Enum

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms.accounts import tries
from lms.accounts.models import SecretCode
from lms.centres.consents import may_learn
from lms.centres.models import Appointment, Device, Learner, Membership, MinistryPost, SignIn

DEVICE_COOKIE = "sala_device"
BACKEND = "lms.centres.backends.PeopleBackend"


class Answer(Enum):
    """What a device says to a name and a code."""

    COME_IN = "come in"
    AGAIN = "not this code"
    LOCKED = "too many wrong codes; the caretaker sets a new one"
    NO_CODE = "no code was ever set"
    NO_GUARDIAN = "ten or younger, and no guardian has allowed it yet"
    WAIT = "too many wrong codes on this device"
    GONE = "this device was revoked just now"


def device_of(request):
    """The bound device that this browser is, or None."""
    if not hasattr(request, "device"):
        request.device = Device.objects.of_cookie(request.COOKIES.get(DEVICE_COOKIE))
    return request.device


def people_with_codes(centre_id):
    """The centre's learners, but nobody with rights over others: a picture code never opens a staff account."""
    ended = Q(ended_on__lt=timezone.localdate())
    caretakers = Membership.objects.filter(role=Membership.Role.CARETAKER).exclude(ended)
    staff = Q()
    for posts in (caretakers, Appointment.objects.exclude(ended), MinistryPost.objects.exclude(ended)):
        staff |= Q(pk__in=posts.values("user"))
    learners = Learner.objects.at(centre_id).active()
    return learners.filter(is_staff=False, is_superuser=False, groups=None, user_permissions=None).exclude(staff)


def who_may_sign_in(device):
    """The people with codes of the device's centre, or the one whose phone it is."""
    learners = people_with_codes(device.centre_id)
    return learners.filter(pk=device.owner_id) if device.owner_id else learners


def door_state(device, learner):
    """What stands between this learner and the code: WAIT, NO_GUARDIAN, NO_CODE, LOCKED, or nothing (None)."""
    return door_at(place_of(device), learner)


def door_at(place, learner):
    """The same at any place where codes are tried; `place` is what wrong tries are counted against."""
    return _closed(place, learner, SecretCode.objects.filter(user_id=learner.pk).first())


def seconds_to_wait(device):
    return wait_at(place_of(device))


def wait_at(place):
    return tries.seconds_to_wait(place, settings.SALA_DEVICE_TRIES, settings.SALA_DEVICE_WINDOW)


@transaction.atomic
def sign_in(request, device, learner, code):
    """Try a code. The device and the code stay locked meanwhile, so that guesses in parallel count one by one.

    The session is made in the same transaction: a device that is revoked in this moment either refuses,
    or finds the sign-in and ends it.
    """
    if not Device.objects.bound().select_for_update().filter(pk=device.pk).exists():
        return Answer.GONE
    answer = try_code(place_of(device), learner, code)
    if answer is Answer.COME_IN:
        let_in(request, device, learner)
    return answer


@transaction.atomic
def try_code(place, learner, code):
    """Whether the code is theirs: COME_IN, or why not. Signs nobody in."""
    secret = SecretCode.objects.select_for_update().filter(user_id=learner.pk).first()
    if closed := _closed(place, learner, secret):
        return closed
    if not secret.matches(code):
        return _note_wrong(place, secret)
    tries.forget(_learner(learner))
    return Answer.COME_IN


@transaction.atomic
def set_code(learner, kind, code):
    """The caretaker is with them: a new code, no lock, and wrong tries so far are forgotten.

    Who came in with the old code is signed out.
    """
    secret = SecretCode(user_id=learner.pk, kind=kind)
    secret.keep(code)
    secret.save()
    tries.forget(_learner(learner))
    SignIn.objects.filter(learner_id=learner.pk).sign_out()  # whoever knew the old code


@transaction.atomic
def open_lock(learner):
    """The caretaker is with them, and they remember the code after all."""
    SecretCode.objects.filter(user_id=learner.pk).update(locked_at=None)
    tries.forget(_learner(learner))


def _closed(place, learner, secret):
    if wait_at(place):
        return Answer.WAIT
    if not may_learn(learner):
        return Answer.NO_GUARDIAN
    if secret is None:
        return Answer.NO_CODE
    return Answer.LOCKED if secret.is_locked else None


def note_wrong_code(learner):
    """Somebody tried a code where it is asked whose it is: it is not that of this learner (their id)."""
    secret = SecretCode.objects.get(pk=learner)
    if not secret.is_locked:
        _count_wrong(secret)


def _note_wrong(place, secret):
    tries.note(place)
    return _count_wrong(secret)


def _count_wrong(secret):
    tries.note(_learner(secret))
    quick = tries.too_many(_learner(secret), settings.SALA_CODE_TRIES, settings.SALA_CODE_WINDOW)
    if not quick and not tries.too_many(
        _learner(secret), settings.SALA_CODE_SLOW_TRIES, settings.SALA_CODE_SLOW_WINDOW
    ):
        return Answer.AGAIN
    secret.locked_at = timezone.now()
    secret.save(update_fields=["locked_at"])
    return Answer.LOCKED


def let_in(request, device, learner):
    """Sign them in at the device, whoever sat there before. On a phone of their own nobody else comes when they go."""
    device.sign_everybody_out()
    if SESSION_KEY in request.session:
        logout(request)  # the caretaker who set the machine up, say
    login(request, learner, backend=BACKEND)
    request.session["device"] = str(device.pk)
    request.session["centre"] = device.centre_id
    if not device.owner_id:
        request.session["seen"] = int(time.time())
    SignIn.objects.create(learner=learner, device=device, session_key=request.session.session_key)


def _learner(learner_or_secret):
    """Both have the learner's id as their key."""
    return f"code:{learner_or_secret.pk}"


def place_of(device):
    """What wrong codes at a device are counted against."""
    return f"device:{device.pk}"
