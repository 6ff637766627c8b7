from django.urls import path, register_converter
from django.urls.converters import StringConverter

from courses.views.answers import answers
from courses.views.catalogue import catalogue
from courses.views.course import course, course_finished
from courses.views.finish import finish
from courses.views.home import home
from courses.views.lesson import lesson
from courses.views.notebook import notebook
from courses.views.paper import paper


class PageSlugConverter(StringConverter):
    """A slug as Wagtail makes it of any title, Thai ones too."""

    regex = r"[-\w]+"


register_converter(PageSlugConverter, "page_slug")

urlpatterns = [
    path("", home, name="home"),
    path("courses/", catalogue, name="catalogue"),
    path("courses/<page_slug:course>/", course, name="course"),
    path("courses/<page_slug:course>/finished/", course_finished, name="course_finished"),
    path("courses/<page_slug:course>/<page_slug:lesson>/", lesson, name="lesson"),
    path("courses/<page_slug:course>/<page_slug:lesson>/print/", paper, name="paper"),
    path("courses/<page_slug:course>/<page_slug:lesson>/finish/", finish, name="finish"),
    path("courses/<page_slug:course>/<page_slug:lesson>/activities/<uuid:activity>/", answers, name="answers"),
    path("notebook/", notebook, name="notebook"),
]
