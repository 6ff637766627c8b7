from django.urls import path

from lms.centres import views

urlpatterns = [
    path("who/", views.names, name="names"),
    path("who/<uuid:learner>/", views.code, name="code"),
]
