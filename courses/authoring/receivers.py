"""What follows when a lesson of a centre is published, whoever does it and wherever they press."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from courses.models import LessonPage, LessonReview


@receiver(page_published, sender=LessonPage, dispatch_uid="open-local-course")
def open_the_course(sender, instance, **kwargs):
    """A local course appears with its first lesson; one that was taken off the shelf later stays there."""
    course = instance.course
    if course.centre_id and not course.live and course.first_published_at is None and course.latest_revision:
        course.latest_revision.publish()


@receiver(page_published, sender=LessonPage, dispatch_uid="close-review")
def close_the_review(sender, instance, revision=None, **kwargs):
    """A version that is published waits no longer; a later one that was handed in does."""
    if revision is not None and str(revision.object_id) == str(instance.pk):
        waiting = LessonReview.objects.waiting().to_publish().filter(lesson=instance.pk, revision__lte=revision.pk)
        waiting.update(state=LessonReview.State.PUBLISHED, reviewed_at=timezone.now())
