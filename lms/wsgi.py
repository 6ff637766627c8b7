"""The door for gunicorn; the environment names the settings."""

from django.core.wsgi import get_wsgi_application

from lms.reading_ahead import read_addresses

application = get_wsgi_application()
read_addresses()
