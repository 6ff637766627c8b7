"""The studio's addresses of ours, below /studio/: each part adds its own here."""

from django.urls import include, path

from courses.authoring.media.urls import urlpatterns as media_urls
from courses.studio import FactsView

urlpatterns = [
    path("", include("courses.authoring.studio.urls")),
    path("", include("courses.authoring.patterns.urls")),
    path("", include("courses.authoring.review.urls")),
    path("", include("courses.authoring.importing.urls")),
    path("", include("courses.authoring.bank.urls")),
    path("", include("courses.authoring.exporting.urls")),
    path("facts/", FactsView.as_view(), name="facts_to_confirm"),
    *media_urls,
]
