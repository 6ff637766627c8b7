"""What the studio's pages of ours share: how they are drawn, and where one may write."""

from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import get_language

from courses.authoring import rights
from courses.authoring.drafts import local_course
from courses.authoring.media.access import POLICY


def page(request, template, context, status=200):
    """Drawn like Sala's other pages, under their strict content policy."""
    response = render(request, template, {"language": get_language()} | context, status=status)
    response.headers["Content-Security-Policy"] = POLICY
    return response


class Places:
    """Where somebody may write a new lesson: the courses they write, and each centre of theirs that has none yet."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def courses(self):
        return list(rights.courses_written_by(self.user).order_by("path").select_related("centre"))

    @cached_property
    def centres(self):
        begun = {course.centre_id for course in self.courses}
        return [centre for centre in rights.written_for(self.user) if centre.pk not in begun]

    @property
    def choices(self):
        """[(value, name)]; where there is one, nobody has to be asked."""
        courses = [(str(course.key), course.title) for course in self.courses]
        return courses + [(centre.code, str(centre)) for centre in self.centres]

    @property
    def is_asked(self):
        return len(self.choices) > 1

    def name_of(self, value):
        """What a choice is called, or None where it is none of them."""
        return dict(self.choices).get(value)

    def centre_of(self, value):
        """The centre of a choice, or None where the course is the nation's."""
        course = next((course for course in self.courses if str(course.key) == value), None)
        if course:
            return course.centre
        return next((centre for centre in self.centres if centre.code == value), None)

    def course(self, value):
        """The course of a choice, which a centre's first lesson makes; None if it is not among the choices."""
        course = next((course for course in self.courses if str(course.key) == value), None)
        centre = next((centre for centre in self.centres if centre.code == value), None)
        return local_course(centre, self.user) if centre else course
