from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        from courses import local_courses, outlines, receivers  # noqa: F401
        from courses.authoring import receivers as authoring_receivers  # noqa: F401
        from courses.authoring import registering

        outlines.follow_pages()
        registering.register()
