"""What the studio's own templates ask of lessons."""

from django import template
from django.urls import reverse

from courses.models import LessonPage

register = template.Library()


@register.simple_tag
def lesson_checks(page):
    """What could be better in a lesson that is being written, and where to ask anew; None of any other page."""
    from courses.authoring.studio.lessons import looked_at

    if not isinstance(page, LessonPage):
        return None
    if not page.pk:  # it has no place in the tree yet, which is nothing that its author lacks
        return looked_at(page) | {"missing": [], "url": ""}
    return looked_at(page) | {"url": reverse("studio_checks", args=[page.key])}
