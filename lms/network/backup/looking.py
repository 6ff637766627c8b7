"""What is looked at in a database that was made of a backup. It runs there, in a process of its own."""

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField
from django.test import Client

from courses import event_months
from courses.certificates import keys
from courses.models import CoursePage, SigningKey
from courses.progress import rebuild
from lms.network.backup.proving import Proof
from lms.network.backup.stores import Trouble, counted

PAGES = ["/", "/courses/", "/notice/", "/sign-in/", "/check/", "/healthz"]
SEALED_OTHERWISE = (
    "the key of certificates is sealed with another SALA_CODE_KEY: none could be made before rotate_certificate_key"
)


def look(asked, media):
    """All of it, or as far as it makes sense: what follows a fault would only say the same less clearly."""
    if str(connection.settings_dict["NAME"]) != asked["name"]:
        raise Trouble("the settings do not take their database from DATABASE_URL, so nothing was looked at")
    for part in (_migrations, _rows):
        if wrong := list(part(asked)):
            return Proof(wrong, ["the rest of it"])
    proof = Proof([*_key(), *_files(media, asked.get("elsewhere")), *_pages()], [])
    if not asked["quick"]:
        _compare_with_events(proof)
    return proof


def _migrations(asked):
    has = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    if has != asked["migrations"]:
        yield "its migrations are not those that the manifest names"
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{len(waiting)} migrations wait: it is of an older version, with which it can be proved"


def _rows(asked):
    def first(sql):
        cursor.execute(sql)
        return cursor.fetchone()[0]

    had = asked["rows"]
    with connection.cursor() as cursor:
        has = counted(first)
    for table in sorted(had.keys() | has.keys()):
        if had.get(table) != has.get(table):
            yield f"{table} has {has.get(table)} rows and had {had.get(table)}"


def _key():
    for key in SigningKey.objects.in_use():
        try:
            keys.private_of(key)
        except keys.Locked:
            yield SEALED_OTHERWISE


def _files(media, elsewhere=None):
    """Each that the database names is in the folder, or among the names in the bucket."""
    names = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                names |= set(model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    there = None if elsewhere is None else set(elsewhere)
    missing = sorted(
        name for name in names if name and not ((media / name).is_file() if there is None else name in there)
    )
    if missing:
        yield f"{len(missing)} uploaded files are missing, such as {missing[0]}"


def _pages():
    host = settings.ALLOWED_HOSTS[0].removeprefix(".").replace("*", "localhost")
    visitor = Client(raise_request_exception=False, headers={"host": host})
    courses = CoursePage.objects.live().public().filter(centre=None)[:2]
    for address in [*PAGES, *filter(None, (course.get_url() for course in courses))]:
        status = visitor.get(address, secure=True).status_code
        if status != 200:
            yield f"the page {address} answers {status}"


def _compare_with_events(proof):
    """Months that were taken out are put back first: here they are in nobody's way."""
    for month in event_months.standing_apart() if event_months.has_months() else ():
        event_months.attach(month)
    if gone := event_months.missing():
        months = ", ".join(f"{month // 100}-{month % 100:02}" for month in gone)
        proof.untried.append(f"state and counts: the events of {months} are not in it")
    elif differences := rebuild(check=True):
        proof.wrong.append(f"{len(differences)} rows of state and counts differ from the events (rebuild_progress)")
