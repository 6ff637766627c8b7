"""The demo, with one more view to compare with."""

from lms.settings.demo import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
SALA_TOKEN_RATE = 10**9
TEMPLATES = [TEMPLATES[0] | {"DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]}]  # noqa: F405
