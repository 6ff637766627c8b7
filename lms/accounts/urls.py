from django.urls import path

from lms.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("look/", views.look, name="look"),
    path("still-here/", views.still_here, name="still_here"),
]
