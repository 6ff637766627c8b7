"""In the demo the page itself says the code: whoever tries it out has no phone set up. Never where people are real."""

from django.conf import settings

from lms.accounts.models import SecondFactor
from lms.accounts.second_factor import secrets


def is_demo():
    return getattr(settings, "SALA_DEMO", False)


def give(user):
    """A second factor whose secret is in nobody's phone."""
    return SecondFactor.objects.create(user=user, sealed=secrets.seal(secrets.new_secret(), user))


def code_to_show(user):
    """A code that works now, in the demo; of each half minute there are three."""
    factor = SecondFactor.objects.filter(user_id=user.pk).first() if is_demo() else None
    if factor is None:
        return ""
    present = secrets.this_step()
    unused = range(max(factor.last_step + 1, present - secrets.DRIFT), present + secrets.DRIFT + 1)
    return secrets.code_of(secrets.unseal(factor.sealed, user.pk), unused[0]) if unused else ""
