from django.urls import path

from lms.centres import my_consents, newcomers, phones, views

urlpatterns = [
    path("who/", views.names, name="names"),
    path("who/new/", newcomers.newcomer, name="newcomer"),
    path("who/new/<slug:step>/", newcomers.newcomer, name="newcomer"),
    path("who/<uuid:learner>/", views.code, name="code"),
    path("subdistricts/", views.subdistricts, name="subdistricts"),
    path("notice/", views.notice, name="notice"),
    path("my-data/consents/", my_consents.my_consents, name="my_consents"),
    path("card/<str:card>/", views.card, name="card"),
    path("phone/<str:text>/", phones.phone, name="phone"),
]
