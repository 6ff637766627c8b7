"""What the centres do when somebody comes or goes."""

import time

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from lms.centres.models import SignIn
from lms.centres.signing_in import device_of


@receiver(user_logged_in)
def watch_shared_device(sender, request, **kwargs):
    """Staff who sign in at a shared machine are signed out when idle, like everybody there."""
    if device_of(request):
        request.session["seen"] = int(time.time())


@receiver(user_logged_out)
def end_sign_in(sender, request, **kwargs):
    """By ออก or by being idle."""
    if request.session.session_key:
        SignIn.objects.all().end(request.session.session_key)
