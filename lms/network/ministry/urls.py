from django.urls import path

from lms.network.ministry import views

app_name = "ministry"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("completions.csv", views.completions_csv, name="csv"),
]
