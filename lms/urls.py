"""The whole site on one screen: Thai at these addresses, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as studio_urls
from wagtail.admin.auth import require_admin_access

from courses.authoring.studio.home import home
from courses.authoring.studio.words import words
from lms import app, documents, views
from lms.network.ministry.definitions import definitions
from lms.watching import health, scraping

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", scraping.metrics, name="metrics"),
    path("sw.js", app.worker, name="worker"),
    path("media/<path:path>", views.media, name="media"),
    path("api/v1/", include("lms.api")),
    path("api/<path:rest>", views.not_found),  # so that programs never meet a page
    # One door for passwords.
    path("studio/login/", RedirectView.as_view(pattern_name="sign_in", query_string=True), name="studio_sign_in"),
    path("studio/failwhale/", views.not_found),  # Wagtail's way to try out what a fault looks like
    path("studio/choose-external-link/", views.not_found),  # authors write text, without links in it
    path("studio/<slug:finder>/create/", views.not_found),  # one only chooses there
    path("studio/snippets/choose/courses/topic/create/", views.not_found),
    path("studio/jsi18n/", words, name="wagtailadmin_javascript_catalog"),  # Wagtail's with the Thai it lacks
    path("studio/", require_admin_access(home), name="wagtailadmin_home"),  # before Wagtail's own first page
    path("studio/", include(studio_urls)),
    path("documents/", include(documents)),
    path("_util/login/", RedirectView.as_view(pattern_name="sign_in", query_string=True)),
    *i18n_patterns(
        path("manifest.webmanifest", app.manifest, name="manifest"),
        path("", include("courses.urls")),
        path("", include("lms.accounts.urls")),
        path("", include("lms.centres.urls")),
        path("my-data/", include("lms.network.my_data.urls")),
        path("desk/", include("lms.network.desk.urls")),
        path("data/", include("lms.network.open_data.urls")),
        path("ministry/", include("lms.network.ministry.urls")),
        path("definitions/", definitions, name="definitions"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
