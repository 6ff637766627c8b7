"""A site as the nation's hub runs it: production's settings, and what stands beside it named by the environment."""

import re

import requests

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "SALA_SECRET_KEY": "a-hub-that-is-tried-out-" * 3,
    "SALA_CODE_KEY": "codes-of-a-hub-that-is-tried-out-" * 3,
    "SALA_HOSTS": "127.0.0.1",
    "SALA_HTTPS": "no",
}


# The demo's was sealed with the demo's key: one that this site can read, and its code.
SECOND_FACTOR = """
from lms.accounts.models import SecondFactor, User
from lms.accounts.second_factor import demo, secrets
user = User.objects.get(username="{name}")
SecondFactor.objects.filter(user=user).delete()
print(secrets.code_of(secrets.unseal(demo.give(user).sealed, user.pk), secrets.this_step()))
"""


def as_hub(site, **environment):
    """The same site, stopped, with production's settings and these."""
    site.environment |= SETTINGS | {name: str(value) for name, value in environment.items()}
    return site


class Person(requests.Session):
    """Somebody of the demo who has signed in, in a browser."""

    def __init__(self, site, name):
        super().__init__()
        self.site = site
        page = self.fill("/sign-in/", username=name, password=f"sala-demo-{name}")
        if "/second-factor/" in page.url:
            self.fill("/second-factor/", code=site.shell(SECOND_FACTOR.format(name=name)).strip())
        assert self.see("/").status_code == 200

    def see(self, path):
        return self.get(self.site.url + path, timeout=30)

    def fill(self, path, **fields):
        """Open a page and send its form."""
        page = self.see("/sign-in/" if path == "/look/" else path)
        [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)) or [""]
        return self.post(self.site.url + path, {"csrfmiddlewaretoken": token, **fields}, timeout=30)
