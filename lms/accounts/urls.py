from django.urls import path

from lms.accounts import views
from lms.accounts.second_factor import views as second_factor

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("second-factor/", second_factor.ask, name="second_factor"),
    path("second-factor/set-up/", second_factor.set_up, name="second_factor_set_up"),
    path("second-factor/manage/", second_factor.manage, name="second_factor_manage"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("look/", views.look, name="look"),
    path("still-here/", views.still_here, name="still_here"),
]
