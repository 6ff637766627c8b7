from django.urls import path

from lms.network.open_data import views
from lms.network.open_data.files import FILES, KINDS

app_name = "data"
urlpatterns = [
    path("", views.page, name="page"),
    *(
        path(f"{name}.{kind}", views.file, {"name": name, "kind": kind}, name=f"{name}_{kind}")
        for name in FILES
        for kind in KINDS
    ),
]
