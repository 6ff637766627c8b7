"""Whoever opens a course: a learner whose steps are kept, or somebody who only looks and tries."""

from dataclasses import dataclass

from courses.models import CoursePage
from lms.accounts.models import User
from lms.centres.models import Centre, HomeCentre


@dataclass(frozen=True)
class Reader:
    user: User
    home: HomeCentre | None  # whoever has one is a learner
    seat: int | None  # the centre whose machine they sit at

    @property
    def is_learner(self):
        return self.home is not None

    def courses(self):
        """The live courses that this person may open: the nation's, and those of their own centre."""
        if self.is_learner:
            return CoursePage.objects.offered_at(self.home.centre_id)
        return CoursePage.objects.visible_to(self.user)

    def may_open(self, course):
        """Whether a live course is among those, without asking the database where it need not be asked."""
        if course.centre_id is None:
            return True
        if self.is_learner:
            return course.centre_id == self.home.centre_id
        return Centre.objects.visible_to(self.user).filter(pk=course.centre_id).exists()


def reader_of(request):
    signed_in = request.user.is_authenticated
    return Reader(
        user=request.user,
        home=getattr(request.user, "home", None) if signed_in else None,
        seat=request.session.get("centre") if signed_in else None,
    )
