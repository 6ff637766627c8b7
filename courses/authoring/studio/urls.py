from django.urls import path

from courses.authoring.studio import help, lessons

urlpatterns = [
    path("help/", help.help_page, name="studio_help"),
    path("lessons/<uuid:key>/", lessons.lesson, name="studio_lesson"),
    path("lessons/<uuid:key>/checks/", lessons.checks, name="studio_checks"),
]
