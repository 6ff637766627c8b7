"""Nobody waits unseen: who reviews is told once a day of what has waited for three days and longer."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.authoring.review import queue
from courses.models import ReviewReminder
from lms.accounts.models import User
from lms.centres.models import Appointment, MinistryPost

MOST_NAMED = 20

log = logging.getLogger(__name__)


def reviewers():
    """Core members and editors of the nation's courses; superusers only where there is no such editor."""
    core = Appointment.objects.in_force().values("user")
    editors = MinistryPost.objects.in_force().filter(edits_courses=True, user__is_active=True).values("user")
    found = User.objects.filter(is_active=True)
    named = found.filter(pk__in=core) | found.filter(pk__in=editors)
    return (named if editors.exists() else named | found.filter(is_superuser=True)).distinct().order_by("pk")


def remind():
    """[(reviewer, how many wait, whether a mail was sent now)] of those who have something that waits for long."""
    told = []
    for reviewer in reviewers():
        waiting = queue.rows_of(queue.to_review(reviewer).waiting_long())
        if waiting:
            told.append((reviewer, len(waiting), _remind(reviewer, waiting)))
    return told


def _remind(reviewer, waiting):
    reminder, _new = ReviewReminder.objects.get_or_create(
        reviewer=reviewer, on=timezone.localdate(), defaults={"reviews": len(waiting)}
    )
    # Whoever runs this at the same moment finds it taken.
    mine = ReviewReminder.objects.filter(pk=reminder.pk, mailed_at=None)
    if not (reviewer.email and mine.update(mailed_at=timezone.now())):
        return False
    try:
        sent = send_mail(*_mail(waiting), None, [reviewer.email])
    except (SMTPException, OSError):
        log.exception("a reminder could not be sent; it is tried again when this is run again")
        sent = 0
    if not sent:
        ReviewReminder.objects.filter(pk=reminder.pk).update(mailed_at=None)
    return bool(sent)


def _mail(waiting):
    """The subject and the text; nobody is named in it."""
    n = len(waiting)
    subject = ngettext("Sala: %(n)d lesson waits for you", "Sala: %(n)d lessons wait for you", n) % {"n": n}
    lines = [_line(review) for review in waiting[:MOST_NAMED]]
    more = [_("and others")] if n > MOST_NAMED else []
    return subject, "\n".join([subject, "", *lines, *more, "", settings.WAGTAILADMIN_BASE_URL + reverse("reviews")])


def _line(review):
    days = ngettext("waits for %(n)s day", "waits for %(n)s days", review.days) % {"n": review.days}
    return f"- {review.lesson.draft_title} ({review.lesson.course.centre.name}): {days}"
