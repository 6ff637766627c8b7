from django.urls import path

from lms.network.my_data import views

app_name = "my_data"
urlpatterns = [
    path("", views.my_data, name="my_data"),
    path("copy/", views.copy, name="copy"),
    path("copy.json", views.copy_json, name="copy_json"),
    path("correct/", views.correction, name="correction"),
    path("requests/", views.new_request, name="new_request"),
    path("requests/<uuid:data_request>/", views.taken_back, name="taken_back"),
    path("erase/", views.erasure, name="erasure"),
]
