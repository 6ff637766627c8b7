"""Lists of learners put into a centre: who may be there already, and the putting in by hundreds."""

from collections import defaultdict

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from courses.progress import looking_once
from lms.accounts import thai
from lms.accounts.models import User
from lms.centres.audit import Action, note
from lms.centres.models import HomeCentre, ImportedLearner, Learner, LearnerImport

CHUNK = 100  # rows in one transaction, and between two steps of the progress bar
FILLED = ("family_name", "age_band", "subdistrict")
NEW, MERGE, SKIP = "new", "merge", "skip"


def compare(rows, centre):
    """Tell each row who it may be: a learner of the centre, or somebody further up in the file.

    Two are taken for one where the names are the same and no family name speaks against it.
    """
    there = defaultdict(list)
    people = Learner.objects.at(centre).active().order_by("date_joined", "pk")
    for pk, name, *more in people.values_list("pk", "name", "family_name", "age_band"):
        there[thai.search_text(name)].append((str(pk), *more))
    for row in rows:
        key = thai.search_text(row["name"])
        if found := _likeliest(row, there[key]):
            row["same_as"], row["choice"] = found, MERGE
        else:
            there[key].append((row["id"], row["family_name"], row["age_band"]))


def _likeliest(row, namesakes):
    def likeness(namesake):
        _pk, family_name, age_band = namesake
        return (_same(family_name, row["family_name"]), age_band == row["age_band"])

    open_ones = [
        each for each in namesakes if not (each[1] and row["family_name"]) or _same(each[1], row["family_name"])
    ]
    return max(open_ones, key=likeness)[0] if open_ones else None


def _same(one, other):
    return thai.search_text(one) == thai.search_text(other)


def choose(batch, choices):
    """Keep what the caretaker says of rows that may be somebody: {number in the file: choice}. Until confirmed only."""
    rows = batch.rows
    for row in rows:
        chosen = choices.get(str(row["row"]))
        if row["same_as"] and chosen in (NEW, MERGE, SKIP):
            row["choice"] = chosen
    unconfirmed = LearnerImport.objects.filter(pk=batch.pk, confirmed_at=None)
    return unconfirmed.update(rows=rows)


@transaction.atomic
def put_in(batch, done, by):
    """Put in the next rows, if the page that asks has seen all that are in: else it asks a second time."""
    batch = LearnerImport.objects.select_for_update().get(pk=batch.pk)
    if batch.finished_at or batch.undone_at or done != batch.done:
        return batch
    batch.confirmed_at = batch.confirmed_at or timezone.now()
    rows = batch.rows[batch.done : batch.done + CHUNK]
    with looking_once():
        _add(batch, [row for row in rows if row["choice"] == NEW])
        for row in rows:
            if row["choice"] == MERGE:
                _merge(batch, row, by)
    batch.done += len(rows)
    if batch.done >= len(batch.rows):
        batch.finished_at = timezone.now()
        note(by, Action.IMPORTED, centre=batch.centre_id, detail=f"{batch.pk} {batch.learners.count()}")
    batch.save(update_fields=["done", "confirmed_at", "finished_at"])
    return batch


def _add(batch, rows):
    """New learners. Those under 20 wait for their guardian, like anybody who is registered at the desk."""
    today = timezone.localdate()
    fields = ("id", "name", "family_name", "age_band", "language")
    people = [User(**{name: row[name] for name in fields}, password=make_password(None)) for row in rows]
    User.objects.bulk_create(people)
    homes = [
        HomeCentre(
            learner_id=row["id"], centre_id=batch.centre_id, since=today, subdistrict_id=row["subdistrict"] or None
        )
        for row in rows
    ]
    HomeCentre.objects.bulk_create(homes)
    ImportedLearner.objects.bulk_create(ImportedLearner(batch=batch, learner_id=row["id"]) for row in rows)


def _merge(batch, row, by):
    """Fill in what is missing; what is there stays."""
    here = Learner.objects.at(batch.centre_id).active().select_related("home")
    learner = here.filter(pk=row["same_as"]).first()
    if learner is None:  # erased or moved away since the file was read
        return
    missing = [name for name in FILLED if row[name] and not value_of(learner, name)]
    if not missing:
        return
    for name in missing:
        set_value(learner, name, row[name])
    came, new = ImportedLearner.objects.get_or_create(batch=batch, learner_id=learner.pk, defaults={"before": {}})
    if new or came.before is not None:  # who came with this very list is undone as a whole
        came.before = dict.fromkeys(missing, "") | (came.before or {})
        came.save(update_fields=["before"])
    note(by, Action.MERGED, learner, batch.centre_id, detail=f"{batch.pk} {','.join(missing)}")


def value_of(learner, name):
    return (learner.home.subdistrict_id or "") if name == "subdistrict" else getattr(learner, name)


def set_value(learner, name, value):
    if name == "subdistrict":
        learner.home.subdistrict_id = value or None
        learner.home.save(update_fields=["subdistrict"])
    else:
        setattr(learner, name, value)
        learner.save(update_fields=[name])
