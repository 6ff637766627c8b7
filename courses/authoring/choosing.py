"""Which pages one may choose from: one's own, those that one reviews, and what the nation has published."""

from django.db.models import Q
from django.db.models.functions import Substr
from wagtail.models import Page

from courses.authoring import rights
from courses.authoring.policy import COURSE_DEPTH, COURSE_PATH
from courses.models import CoursePage


def pages_for(user):
    """Others' drafts are not among them, nor others' lessons at all."""
    if user.is_superuser:
        return Page.objects.all()
    of_nation = CoursePage.objects.live().filter(centre=None)
    pages = Page.objects.alias(course_path=Substr("path", 1, COURSE_PATH)).filter(
        Q(course_path__in=_paths(rights.courses_seen_by(user)))
        | Q(course_path__in=_paths(of_nation), live=True)
        | Q(depth__lt=COURSE_DEPTH, live=True)
    )
    return Page.objects.filter(pk__in=pages.order_by().values("pk"))


def _paths(courses):
    return courses.order_by().values("path")
