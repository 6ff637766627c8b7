"""A person's record, opened by an officer for a reason that is written down first; for half an hour, in one session."""

import time
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.accounts import thai
from lms.centres.audit import Action, note
from lms.centres.cards import card_in, learner_among
from lms.centres.models import Learner

KEPT = "opened_records"  # in the session: {learner's id: until when, in seconds}
HOLDS_FOR = timedelta(minutes=30)


class Reason(models.TextChoices):
    ASKED = "why-asked", _("The person, or their family, asked the ministry")
    CENTRE = "why-centre", _("The centre asked for help with this record")
    FIGURES = "why-figures", _("A figure or a certificate seems wrong")
    SAFETY = "why-safety", _("Somebody's safety or rights are at stake")
    LAW = "why-law", _("A court or an authority asks, by law")


def told(detail):
    """A reason in the reader's words, as the audit log shows it; "" for any other detail."""
    reason, _space, words = detail.partition(" ")
    return f"{Reason(reason).label}: {words}" if reason in Reason.values else ""


def found_by_card(typed):
    """Whose member card was scanned, wherever they learn: [the learner] or []."""
    learner = learner_among(Learner.objects.all(), card_in(typed))
    return [learner] if learner else []


def found_by_name(centre, name):
    """The people of a centre who are called exactly so, with or without the family name.

    Nobody's `visible_to` is asked here: an officer sees no people, and may only open the one they can name.
    """
    called = models.Q(name=thai.normalise(name)) | models.Q(search_text=thai.search_text(name))
    return list(Learner.objects.at(centre).filter(called)[:2])


def open_record(request, learner, reason, words):
    """Write the reason down, and let this session see the person for half an hour."""
    note(request.user, Action.OPENED, learner, detail=f"{reason} {words}")
    until = int(time.time() + HOLDS_FOR.total_seconds())
    request.session[KEPT] = _kept(request) | {str(learner.pk): until}


def close_record(request, pk):
    request.session[KEPT] = {key: until for key, until in _kept(request).items() if key != str(pk)}


def opened_person(request, pk):
    """The learner, if this session has opened their record and the half hour is not over; None for all others.

    From here on `visible_to` shows this one person to the officer, in this request.
    """
    if str(pk) not in _kept(request):
        return None
    request.user.opened_record = pk
    people = Learner.objects.visible_to(request.user).select_related("home__centre", "code")
    return people.filter(pk=pk).first()


def seconds_left(request, pk):
    return max(0, _kept(request).get(str(pk), 0) - int(time.time()))


def _kept(request):
    return {pk: until for pk, until in request.session.get(KEPT, {}).items() if until > time.time()}
