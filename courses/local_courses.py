"""A centre's own courses, and its bank of questions, go where its people go."""

from django.dispatch import receiver

from courses.models import BankQuestion, CoursePage
from lms.centres.merging import merged


@receiver(merged)
def hand_over(sender, old, new, **kwargs):
    """The drafts too: publishing one later must not give the course back to a centre that is closed."""
    courses = CoursePage.objects.filter(centre=old)
    for course in courses.select_related("latest_revision"):
        if draft := course.latest_revision:
            draft.content["centre"] = new.pk
            draft.save(update_fields=["content"])
    courses.update(centre=new)
    BankQuestion.objects.filter(centre=old).update(centre=new)
