from django.urls import path

from courses.authoring.patterns import views

urlpatterns = [
    path("new/", views.choose, name="studio_new"),
    path("new/<slug:pattern>/", views.new_lesson, name="studio_new_lesson"),
    path("lessons/<uuid:key>/questions/", views.questions, name="studio_questions"),
]
