from django.urls import path, register_converter
from django.urls.converters import StringConverter

from courses.views import certificates as given
from courses.views import check as checks
from courses.views.answers import answers
from courses.views.catalogue import catalogue
from courses.views.course import course, course_finished
from courses.views.finish import finish
from courses.views.grading import grading
from courses.views.home import home
from courses.views.kept import (
    kept,
    kept_course,
    kept_course_together,
    kept_lesson,
    kept_lesson_together,
    kept_listing,
    kept_none,
    kept_together,
)
from courses.views.lesson import lesson
from courses.views.notebook import notebook
from courses.views.outbox import outbox
from courses.views.paper import paper, paper_pdf
from courses.views.together import ahead, people, phone, screen, start, steps


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
    path("courses/<page_slug:course>/<page_slug:lesson>/print.pdf", paper_pdf, name="paper_pdf"),
    path("courses/<page_slug:course>/<page_slug:lesson>/finish/", finish, name="finish"),
    path("courses/<page_slug:course>/<page_slug:lesson>/grading/", grading, name="grading"),
    path("courses/<page_slug:course>/<page_slug:lesson>/activities/<uuid:activity>/", answers, name="answers"),
    path("outbox/", outbox, name="outbox"),
    path("kept/", kept, name="kept"),
    path("kept/none/", kept_none, name="kept_none"),
    path("kept/together/", kept_together, name="kept_together"),
    path("kept/together/<page_slug:course>/", kept_course_together, name="kept_course_together"),
    path("kept/list/", kept_listing, name="kept_listing"),
    path("kept/courses/<page_slug:course>/", kept_course, name="kept_course"),
    path("kept/courses/<page_slug:course>/<page_slug:lesson>/", kept_lesson, name="kept_lesson"),
    path(
        "kept/courses/<page_slug:course>/<page_slug:lesson>/together/",
        kept_lesson_together,
        name="kept_lesson_together",
    ),
    path("notebook/", notebook, name="notebook"),
    path("check/", checks.check, name="check"),
    path("check/<str:text>/", checks.checked, name="checked"),
    path("kept/check/", checks.kept_check, name="kept_check"),
    path("certificates/", given.certificates, name="certificates"),
    path("certificates/keys/", checks.certificate_keys, name="certificate_keys"),
    path("certificates/keys/<slug:kid>/", checks.certificate_key, name="certificate_key"),
    path("certificates/issuer/", checks.certificate_issuer, name="certificate_issuer"),
    path("certificates/revoked/", checks.revoked_certificates, name="revoked_certificates"),
    path("certificates/<uuid:learner>/<uuid:course>/", given.certificate_of_course, name="certificate_of"),
    path("certificates/<slug:number>/", given.certificate, name="certificate"),
    path("certificates/<slug:number>/pdf/", given.certificate_pdf, name="certificate_pdf"),
    path("certificates/<slug:number>/badge/", given.certificate_badge, name="certificate_badge"),
    path("together/new/", start.new, name="together_new"),
    path("together/ahead/", ahead.ahead, name="together_ahead"),
    path("together/join/", phone.join, name="together_join"),
    path("together/<uuid:session>/", screen.together, name="together"),
    path("together/<uuid:session>/activities/<uuid:activity>/", screen.answers, name="together_answers"),
    path("together/<uuid:session>/people/", people.people, name="together_people"),
    path("together/<uuid:session>/people/<uuid:learner>/", people.code, name="together_code"),
    path("together/<uuid:session>/touch/", screen.touch, name="together_touch"),
    path("together/<uuid:session>/steps/", steps.steps, name="together_steps"),
    path("together/<uuid:session>/end/", screen.end, name="together_end"),
    path("together/<uuid:session>/joined/", phone.joined, name="together_joined"),
    path("together/<uuid:session>/leave/", phone.left, name="together_left"),
]
