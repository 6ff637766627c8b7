"""`make run`: a whole Sala on one machine with invented people. Never for real learners."""

import os

from lms.settings.base import *  # noqa: F403
from lms.settings.base import BASE_DIR
from lms.settings.database import database
from lms.watching import logs

DEBUG = False
SALA_DEMO = True
SECRET_KEY = "demo-secret-that-everyone-knows"
SALA_CODE_KEY = "demo-code-key-that-everyone-knows"
ALLOWED_HOSTS = ["*"]
_home = BASE_DIR / "var"
DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{_home / 'demo.sqlite3'}"))}
if os.environ.get("SALA_LOG"):
    LOGGING = logs.config(os.environ["SALA_LOG"])
MEDIA_ROOT = os.environ.get("SALA_MEDIA_ROOT", _home / "demo-media")
