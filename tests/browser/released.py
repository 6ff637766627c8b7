"""Settings of a site whose static files were collected somewhere else: another release of the same code."""

import os

from lms.settings.demo import *  # noqa: F403
from lms.settings.demo import MIDDLEWARE

STATIC_ROOT = os.environ["SALA_TEST_STATIC"]
MIDDLEWARE = [*MIDDLEWARE, "tests.browser.sent.sent"]
