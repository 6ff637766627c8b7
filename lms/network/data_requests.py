"""Asking about one's own data, whoever writes it down; the clock runs from the day it was asked."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import User
from lms.centres.audit import Action, note
from lms.centres.models import Consent, DataRequest
from lms.centres.models.data_request import ANSWER_WITHIN


@transaction.atomic
def ask(learner, kind, words="", by=None, how=Consent.How.SCREEN, asked_on=None):
    """The open request; the same one again where it was asked twice. `by` wrote it down for the learner."""
    list(User.objects.select_for_update().filter(pk=learner.pk).values_list("pk"))  # a second click waits here
    same = DataRequest.objects.open().filter(learner_id=learner.pk, kind=kind, words=words).first()
    if same:
        return same
    day = asked_on or timezone.localdate()
    asked_at = timezone.now() if day == timezone.localdate() else timezone.make_aware(datetime.combine(day, time(12)))
    request = DataRequest.objects.create(
        learner_id=learner.pk,
        centre=learner.home.centre,
        kind=kind,
        words=words,
        how=how,
        taken_by=by,
        asked_at=asked_at,
        due_on=day + ANSWER_WITHIN,
    )
    if by:
        note(by, Action.REQUEST, learner, detail=f"{kind} written down")
    return request


def days_left(request):
    """Until it must be answered; below nothing once it is late."""
    return (request.due_on - timezone.localdate()).days


def told(requests):
    """A list of requests, each with the days that are left."""
    requests = list(requests)
    for request in requests:
        request.left = days_left(request)
        request.over = -request.left
    return requests
