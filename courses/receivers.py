"""What the counts of people do when somebody joins, moves home, turns out to be of another age, or never was here.

And who answers for a centre that became part of another one.
"""

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from courses.models import Oddity
from courses.progress import settling
from lms.accounts.models import User
from lms.centres.merging import merged
from lms.centres.models import HomeCentre, Learner
from lms.centres.signals import homes_given


@receiver(homes_given)
def count_where_they_belong(sender, learners, **kwargs):
    settling.look_again(learners)


@receiver(post_save, sender=User)
@receiver(post_save, sender=Learner)
def count_under_another_age(sender, instance, created, raw=False, update_fields=None, **kwargs):
    """Whoever is new has no home yet, and is counted with it."""
    if not raw and not created and (update_fields is None or "age_band" in update_fields):
        settling.look_again([instance.pk])


@receiver(pre_delete, sender=HomeCentre)
def count_no_more(sender, instance, **kwargs):
    settling.count_no_more([instance.learner_id])


@receiver(merged)
def ask_where_they_went(sender, old, new, **kwargs):
    Oddity.objects.hand_on(old, new)
