"""Who may write which lessons: asked of dated roles at the moment of asking, and nowhere written down.

A caretaker writes for their centre; a core member reviews what the centres of their appointment write; editors of the
nation's courses (a superuser, or an officer whose ministry post says so) write those, and review for centres that have
no core member today.
"""

from django.db.models import Q

from courses.models import CoursePage, LessonPage
from lms.centres.models import Appointment, Centre
from lms.centres.models.dated import in_force
from lms.centres.models.sight import sees_all


def edits_national(user):
    """Whether they write the nation's courses; what they answer is kept for the request."""
    if not user.is_active or not user.is_authenticated:
        return False
    if not hasattr(user, "_edits_national"):
        posts = user.ministry_posts.in_force().filter(edits_courses=True)
        user._edits_national = sees_all(user) or posts.exists()
    return user._edits_national


def written_for(user):
    """The centres that one writes lessons for."""
    return Centre.objects.run_by(user) if user.is_active else Centre.objects.none()


def reviewed_by(user):
    """The centres whose lessons one reviews: of one's appointments, and for editors those that have no core member."""
    if not user.is_active or not user.is_authenticated:
        return Centre.objects.none()
    own = Q(pk__in=charged().filter(appointment__user=user.pk).values("centre"))
    if edits_national(user):
        own |= ~Q(pk__in=charged().values("centre"))
    return Centre.objects.filter(own)


def charged():
    """The centres that core members have in their charge today, each beside its appointment."""
    pairs = Centre.appointments.through.objects.filter(in_force("appointment__"), appointment__user__is_active=True)
    return pairs.order_by()


def is_author(user):
    return edits_national(user) or is_author_of_a_centre(user)


def is_author_of_a_centre(user):
    """Whether there is a centre that they write for; kept for the request."""
    if not hasattr(user, "_is_author_of_a_centre"):
        user._is_author_of_a_centre = written_for(user).exists()
    return user._is_author_of_a_centre


def is_reviewer(user):
    return edits_national(user) or (
        user.is_active and user.is_authenticated and Appointment.objects.in_force().filter(user=user.pk).exists()
    )


def may_enter(user):
    """Whether the studio opens for them at all."""
    return user.is_active and user.is_authenticated and (is_author(user) or is_reviewer(user))


def courses_written_by(user):
    """Courses, drafts too, that one may change."""
    return CoursePage.objects.filter(_written(user))


def courses_reviewed_by(user):
    return CoursePage.objects.filter(centre__in=_pks(reviewed_by(user)))


def courses_seen_by(user):
    """Courses, drafts too, that one finds in the studio: one's own, and those that one reviews."""
    return CoursePage.objects.filter(_written(user) | Q(centre__in=_pks(reviewed_by(user))))


def lessons_written_by(user):
    """Lessons, drafts too, that one may change."""
    return LessonPage.objects.in_courses(courses_written_by(user))


def lessons_changed_by(user):
    """Those among them that one may change: what was taken over from another centre says what its author says."""
    return lessons_written_by(user).filter(adopted_from=None)


def lessons_reviewed_by(user):
    return LessonPage.objects.in_courses(courses_reviewed_by(user))


def lessons_seen_by(user):
    return LessonPage.objects.in_courses(courses_seen_by(user))


def _written(user):
    own = Q(centre__in=_pks(written_for(user)))
    return own | Q(centre=None) if edits_national(user) else own


def _pks(centres):
    return centres.order_by().values("pk")
