from django.urls import path

from lms.network import audit
from lms.network.ministry import oddities, people, requests, second_factors, tokens, views

app_name = "ministry"
urlpatterns = [
    path("", views.level, name="overview"),
    path("region/<slug:region>/", views.level, {"kind": "region"}, name="region"),
    path("province/<slug:province>/", views.level, {"kind": "province"}, name="province"),
    path("district/<slug:district>/", views.level, {"kind": "district"}, name="district"),
    path("centre/<slug:centre>/", views.level, {"kind": "centre"}, name="centre"),
    path("completions.csv", views.completions_csv, name="csv"),
    path("audit/", audit.of_everybody, name="audit"),
    path("audit.csv", audit.of_everybody_csv, name="audit_csv"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token>/", tokens.token, name="token"),
    path("people/", people.find, name="people"),
    path("people/<uuid:learner>/", people.person, name="person"),
    path("second-factors/", second_factors.second_factors, name="second_factors"),
    path("oddities/", oddities.oddities, name="oddities"),
    path("oddities.csv", oddities.oddities_csv, name="oddities_csv"),
    path("requests/", requests.requests, name="requests"),
]
