"""What the centres do when somebody comes or goes."""

import time

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from lms.accounts.models import User
from lms.centres.consents import may_learn
from lms.centres.models import Appointment, Learner, Membership, MinistryPost, SignIn
from lms.centres.signing_in import device_of


@receiver(user_logged_in)
def watch_shared_device(sender, request, user, **kwargs):
    """Staff who sign in at a shared machine, or on a learner's phone, are signed out when idle."""
    device = device_of(request)
    if device and device.owner_id != user.pk:
        request.session["seen"] = int(time.time())


@receiver(post_save, sender=Membership)
@receiver(post_save, sender=Appointment)
@receiver(post_save, sender=MinistryPost)
def end_sign_ins_by_code(sender, instance, raw=False, **kwargs):
    """Who is given a role signs in with a password from now on: a picture code opens no such account."""
    if not raw and getattr(instance, "role", "") != Membership.Role.HELPER:
        SignIn.objects.filter(learner_id=instance.user_id).sign_out()


@receiver(post_save, sender=User)
@receiver(post_save, sender=Learner)
def end_sign_ins_by_code_of_staff(sender, instance, raw=False, **kwargs):
    if not raw and (instance.is_staff or instance.is_superuser):
        SignIn.objects.filter(learner_id=instance.pk).sign_out()


@receiver(post_save, sender=User)
@receiver(post_save, sender=Learner)
def end_sign_ins_of_a_child(sender, instance, created, raw=False, **kwargs):
    """Who turns out to be ten or younger waits for a guardian."""
    if not raw and not created and not may_learn(instance):
        SignIn.objects.filter(learner_id=instance.pk).sign_out()


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def end_sign_ins_by_code_of_authors(sender, instance, action, reverse, pk_set, **kwargs):
    if action == "post_add":
        SignIn.objects.filter(learner_id__in=pk_set if reverse else [instance.pk]).sign_out()


@receiver(user_logged_out)
def end_sign_in(sender, request, **kwargs):
    """By ออก or by being idle."""
    if request.session.session_key:
        SignIn.objects.all().end(request.session.session_key)
