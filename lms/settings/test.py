"""For the tests: SQLite, or PostgreSQL when SALA_TEST_DATABASE_URL names one."""

import os

from lms.settings.base import *  # noqa: F403
from lms.settings.base import BASE_DIR, STORAGES
from lms.settings.database import database

DEBUG = False
SECRET_KEY = "only-for-tests"
SALA_CODE_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
_pooled = os.environ.get("SALA_POOLER") == "yes"
DATABASES = {"default": database(os.environ.get("SALA_TEST_DATABASE_URL", "sqlite://:memory:"), _pooled)}
PASSWORD_HASHERS = ["tests.quick_hasher.QuickArgon2"]
MEDIA_ROOT = BASE_DIR / "build" / "test-media"
STATIC_ROOT = BASE_DIR / "build" / "test-static"  # not there: else WhiteNoise reads 1,600 names for each client
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
