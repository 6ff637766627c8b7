"""Production takes every value from the environment and stops, with the name, where one is missing or unclear."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FULL = {
    "SALA_SECRET_KEY": "s3cret-" * 10,
    "SALA_CODE_KEY": "c0de-key-" * 10,
    "SALA_HOSTS": "sala.example.go.th",
    "DATABASE_URL": "sqlite:////tmp/sala-never-made.sqlite3",
    "SALA_MEDIA_ROOT": "/tmp/sala-media",
}


def start(*command, **changes):
    """manage.py with production settings and nothing in the environment but what a server is given."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "lms.settings.production"}
    environment |= {name: value for name, value in (FULL | changes).items() if value is not None}
    arguments = [sys.executable, "manage.py", *command]
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def setting(name, **changes):
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    status, said = start("shell", "--no-imports", "-c", code, **changes)
    assert status == 0, said
    return said.strip()


@pytest.mark.slow
def test_a_full_environment_passes_djangos_checks_for_production():
    status, said = start("check", "--deploy", "--fail-level", "WARNING")
    assert status == 0, said


@pytest.mark.slow
@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("value", [None, " "], ids=["missing", "blank"])
def test_a_missing_variable_stops_the_start_with_its_name(name, value):
    status, said = start("check", **{name: value})
    assert status != 0
    assert f"{name} is not set" in said
    assert "docs/operations.md" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SALA_HTTPS", "maybe"),
        ("SALA_HTTPS", "No"),
        ("SALA_LOG", "loud"),
        ("SALA_METRICS", "yes"),
        ("SALA_MEDIA_URL", "s3://key:hello-to-nobody@s3.example.go.th/sala"),  # and a folder too
        ("SALA_PROXIES", "many"),
        ("SALA_PROXIES", "-1"),
        ("SALA_HOSTS", ","),
        ("SALA_HOSTS", "*"),
        ("SALA_HOSTS", "https://sala.example.go.th"),
        ("SALA_HOSTS", "sala.example.go.th evil.example"),
        ("SALA_SECRET_KEY", "short-and-sweet"),
        ("SALA_SECRET_KEY", "a" * 60),
        ("SALA_CODE_KEY", "short-and-sweet"),
        ("SALA_CODE_KEY", FULL["SALA_SECRET_KEY"]),
        ("DATABASE_URL", "hello-to-nobody"),
        ("DATABASE_URL", "mysql://sala:hello-to-nobody@db/sala"),
        ("DATABASE_URL", "postgres://sala:hello-to-nobody@db:port/sala"),
        ("DATABASE_URL", "postgres://sala:hello-to-nobody@db,db2:port/sala"),
        ("DATABASE_REPLICA_URLS", "postgres://sala:hello-to-nobody@db/sala"),  # of a file
        ("DATABASE_REPLICA_URLS", "postgres://sala:hello-to-nobody@db/sala,sqlite:////tmp/copy.sqlite3"),
        ("SALA_POOLER", "maybe"),
        ("SALA_REPLICA_LAG", "0"),
        ("SALA_REPLICA_LAG", "soon"),
        ("SALA_CACHE_URL", "memcached://:hello-to-nobody@cache"),
        ("SALA_MAIL_URL", "imap://sala:hello-to-nobody@mail"),
        ("SALA_MAIL_URL", "smtps://sala:hello-to-nobody@mail:port"),
    ],
)
def test_an_unclear_value_stops_the_start_with_its_name_and_tells_no_secret(name, value):
    status, said = start("check", **{name: value})
    assert status != 0
    told = said.splitlines()[-1]
    assert f"ImproperlyConfigured: {name} must be" in told or f"{name} is too short" in told
    if "KEY" in name or "URL" in name:
        assert "hello-to-nobody" not in said
        assert value not in said


@pytest.mark.slow
def test_hosts_may_be_written_with_blanks_and_for_a_whole_domain():
    hosts = " sala.example.go.th , .dsd.example "
    assert setting("ALLOWED_HOSTS", SALA_HOSTS=hosts) == "['sala.example.go.th', '.dsd.example']"
    trusted = setting("CSRF_TRUSTED_ORIGINS", SALA_HOSTS=hosts)
    assert trusted == "['https://sala.example.go.th', 'https://*.dsd.example']"


@pytest.mark.slow
def test_a_centres_own_network_may_do_without_https():
    assert setting("SESSION_COOKIE_SECURE", SALA_HTTPS="no") == "False"
    assert setting("SALA_PROXIES", SALA_HTTPS="no") == "0"
    assert setting("SALA_PROXIES") == "1"


@pytest.mark.slow
def test_no_mail_is_sent_unless_a_server_is_named():
    assert "dummy" in setting("EMAIL_BACKEND")
    named = {"SALA_MAIL_URL": "smtps://sala:p%2Cw@mail.example.go.th", "SALA_MAIL_FROM": "sala@example.go.th"}
    assert "smtp" in setting("EMAIL_BACKEND", **named)
    assert setting("EMAIL_HOST_PASSWORD", **named) == "'p,w'"
    assert (setting("EMAIL_PORT", **named), setting("EMAIL_USE_SSL", **named)) == ("465", "True")


TOLD_OF_A_HUB = """
from django.conf import settings as s
names = ["HOST", "PORT", "PASSWORD", "DISABLE_SERVER_SIDE_CURSORS"]
print({alias: [entry[name] for name in names] for alias, entry in s.DATABASES.items()})
print(s.DATABASES["default"]["OPTIONS"]["target_session_attrs"])
print(s.DATABASE_ROUTERS, s.MIDDLEWARE[-1], s.CACHES["default"]["LOCATION"], s.SALA_REPLICA_LAG, sep="\\n")
"""


@pytest.mark.slow
def test_a_hub_names_replicas_a_pooler_and_a_cache_and_a_single_machine_has_none_of_it():
    hub = {
        "DATABASE_URL": "postgres://sala:p%2Cw@one,two:5433/sala",
        "DATABASE_REPLICA_URLS": "postgres://sala:p%2Cw@two/sala, postgres://sala@three/sala",
        "SALA_POOLER": "yes",
        "SALA_CACHE_URL": "redis://cache:6379/0",
        "SALA_REPLICA_LAG": "5",
    }
    status, said = start("shell", "--no-imports", "-c", TOLD_OF_A_HUB, **hub)
    assert status == 0, said
    assert said.splitlines() == [
        "{'default': ['one,two', '5432,5433', 'p,w', True], "
        "'replica1': ['two', '', 'p,w', True], 'replica2': ['three', '', '', True]}",
        "read-write",
        "['lms.accounts.replicas.Router']",
        "lms.accounts.replicas.OwnWritesMiddleware",
        "redis://cache:6379/0",
        "5",
    ]
    assert setting("DATABASE_ROUTERS") == "[]"


@pytest.mark.slow
def test_what_is_asked_from_inside_is_not_sent_to_https():
    assert setting("SECURE_REDIRECT_EXEMPT") == "['^(healthz|readyz|metrics)$']"


def settings_values(module):
    text = (ROOT / "lms" / "settings" / f"{module}.py").read_text(encoding="utf-8")
    return re.findall(r'^(?:SECRET_KEY|SALA_CODE_KEY) = "(.*)"$', text, re.MULTILINE)


def test_secrets_for_trying_out_are_nowhere_else():
    """And where there are none, production cannot fall back to one."""
    secrets = {value: module for module in ("demo", "dev", "test") for value in settings_values(module)}
    assert set(secrets.values()) == {"demo", "dev", "test"}
    homes = {ROOT / "lms" / "settings" / f"{module}.py" for module in ("demo", "dev", "test")}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if path not in homes and path.suffix in {".py", ".md", ".toml", ".html", ".js", ".yaml", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not [secret for secret in secrets if secret in text], name
    for module in ("base", "production", "database"):
        assert not settings_values(module), module


@pytest.mark.slow
def test_an_unclear_bucket_stops_the_start_without_a_word_of_its_key():
    status, said = start("check", SALA_MEDIA_ROOT=None, SALA_MEDIA_URL="s3://key:hello-to-nobody@s3.example.go.th")
    assert status != 0
    assert "SALA_MEDIA_URL must be s3://key:secret@host/bucket" in said
    assert "hello-to-nobody" not in said
