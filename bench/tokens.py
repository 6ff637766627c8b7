"""What it costs to know a program by its token, and to know what it may and how often."""

from bench import measuring
from bench.client import Browser, Program
from bench.figures import Figure

SIGN_IN = """
from django.test import Client
from lms.accounts.models import User
client = Client()
client.force_login(User.objects.get(username="bench"))
print(client.cookies["sessionid"].value)
"""


def of_tokens(site, seed):
    """The same call with a token, with a session, and without the check of either."""
    session = site.shell(SIGN_IN).strip()
    worker, program = measuring.worker_of(site), Program(site.port, seed)
    visitor, person = Browser(site.port), Browser(site.port, sessionid=session)
    bare = measuring.cpu_ms(worker, lambda: visitor.get("/bare-api/"), 300)
    token = measuring.cpu_ms(worker, lambda: program.get("/bare-api/checked/"), 300)
    signed_in = measuring.cpu_ms(worker, lambda: person.get("/bare-api/checked/"), 300)
    yield Figure("API call without a check", bare, "ms CPU", None)
    yield Figure("API call with a token", token, "ms CPU", None)
    yield Figure("API call with a session", signed_in, "ms CPU", None)
    yield Figure("token check, over a session", token - signed_in, "ms CPU", None)
    yield Figure("token check, over none", token - bare, "ms CPU", 0.5)
