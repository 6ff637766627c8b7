"""What the first page of each process would make is there before the server divides."""

import subprocess
import sys

from tests.live import ROOT

ASKED = """
import lms.wsgi
from django.urls import get_resolver
print(sorted(get_resolver()._reverse_dict))
"""


def test_all_addresses_are_read_in_each_language_when_the_server_begins():
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "['en', 'th']\n", done.stderr
