"""For one developer's machine."""

from lms.settings.base import *  # noqa: F403
from lms.settings.base import BASE_DIR, STORAGES
from lms.settings.database import database

DEBUG = True
SECRET_KEY = "only-for-development"
SALA_CODE_KEY = "only-for-development"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
DATABASES = {"default": database(f"sqlite:///{BASE_DIR / 'var' / 'dev.sqlite3'}")}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
