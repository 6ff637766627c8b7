"""Courses as files, below /studio/."""

from django.urls import path

from courses.authoring.exporting import views

urlpatterns = [
    path("export-course/", views.course_files, name="course_files"),
    path("export-course/<int:page>/", views.course_file, name="course_file"),
    path("export-course/<int:page>/zip/", views.course_zip, name="course_zip"),
    path("print-lesson/<int:page>/", views.lesson_pdf, name="lesson_pdf"),
    path("import-course/", views.import_course, name="import_course"),
]
