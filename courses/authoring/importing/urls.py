"""The addresses of importing, below /studio/."""

from django.urls import path

from courses.authoring.importing import views

urlpatterns = [
    path("import/", views.imports, name="lesson_imports"),
    path("import/<uuid:pk>/", views.ImportView.as_view(), name="lesson_import"),
]
