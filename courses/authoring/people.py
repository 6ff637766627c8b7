"""Who has a right: rights.py asked the other way round, for those who are written to and for lists of people."""

from django.db.models import Q

from courses.authoring import rights
from lms.accounts.models import User
from lms.centres.models import Appointment, Membership, MinistryPost
from lms.centres.models.dated import in_force


def may(roles, include_superusers=True):
    """Who writes, reviews or edits anything at all today; `roles` is a set of "writes", "reviews" and "edits"."""
    return _active(roles, {}, {}, "edits" in roles, include_superusers)


def may_in(course, roles, include_superusers=True):
    """Who writes, reviews or edits this course today. Of a centre without a core member, editors are the reviewers."""
    if course.centre_id is None:
        return _active(set(), {}, {}, "edits" in roles, include_superusers)
    editors = "reviews" in roles and not rights.charged().filter(centre=course.centre_id).exists()
    of_centre = {"centre": course.centre_id}, {"centres": course.centre_id}
    return _active(roles, *of_centre, editors, include_superusers)


def _active(roles, at, in_charge_of, editors, superusers):
    found = Q(is_superuser=True) if superusers else Q(pk=None)
    if "writes" in roles:
        found |= _holders(Membership, role=Membership.Role.CARETAKER, **at)
    if "reviews" in roles:
        found |= _holders(Appointment, **in_charge_of)
    if editors:
        found |= _holders(MinistryPost, edits_courses=True)
    return User.objects.filter(found, is_active=True)


def _holders(roles, **which):
    return Q(pk__in=roles.objects.filter(in_force(), **which).values("user"))
