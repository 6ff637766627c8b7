"""The door for gunicorn; the environment names the settings."""

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - read before the server divides, so that its processes share what it brings
