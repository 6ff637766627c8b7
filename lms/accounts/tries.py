"""How many wrong tries are too many. Counted in the database, so that every process sees the same."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from lms.accounts.models import WrongTry


def note(subject):
    """Remember one wrong try, and forget all that are too old to count: a mistyped name may be a password."""
    WrongTry.objects.filter(at__lt=timezone.now() - timedelta(seconds=longest_window())).delete()
    WrongTry.objects.create(subject=subject)


def longest_window():
    """Seconds after which no wrong try counts any more."""
    windows = "SALA_CODE_WINDOW", "SALA_CODE_SLOW_WINDOW", "SALA_DEVICE_WINDOW", "SALA_PASSWORD_WINDOW"
    windows += "SALA_SECOND_FACTOR_WINDOW", "SALA_SECOND_FACTOR_SLOW_WINDOW"
    return max(getattr(settings, name) for name in windows)


def too_many(subject, tries, within):
    """Whether the subject failed `tries` times in the last `within` seconds."""
    return seconds_to_wait(subject, tries, within) > 0


def seconds_to_wait(subject, tries, within):
    """How long until fewer than `tries` wrong ones are left in the last `within` seconds; 0 for not at all."""
    latest = WrongTry.objects.of(subject, within).order_by("-at").values_list("at", flat=True)
    last_but_some = next(iter(latest[tries - 1 : tries]), None)
    if last_but_some is None:
        return 0
    return max(1, within - int((timezone.now() - last_but_some).total_seconds()))


def forget(*subjects):
    WrongTry.objects.filter(subject__in=subjects).delete()


def password_subjects(request, username):
    """Whom a wrong password counts against, and how often it may happen.

    A name from one address, and, far looser, the name from anywhere: so a stranger who fails on purpose
    does not easily keep the real person out. As loosely the address, whichever names it tries.
    """
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    name = username.casefold()[:120]
    return [
        (f"password:{name}:{address}", settings.SALA_PASSWORD_TRIES),
        (f"password:{name}", settings.SALA_PASSWORD_TRIES * 10),
        (f"password-from:{address}", settings.SALA_PASSWORD_TRIES * 10),
    ]


def password_wait(request, username):
    """Seconds until another password may be tried for this name; 0 for at once."""
    return max(
        seconds_to_wait(subject, tries, settings.SALA_PASSWORD_WINDOW)
        for subject, tries in password_subjects(request, username)
    )
