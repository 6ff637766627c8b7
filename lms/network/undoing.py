"""The day after an import: it is undone, but for those who began to learn."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from courses.models import Enrolment, LearningEvent
from courses.progress import count_no_more, looking_once
from lms.accounts.models import SecretCode
from lms.centres.audit import Action, note
from lms.centres.models import (
    Consent,
    DataRequest,
    ImportedLearner,
    Learner,
    LearnerImport,
    Membership,
    PhoneInvite,
    SignIn,
)
from lms.network.imports import MERGE, set_value, value_of

AT_ONCE = 200
HAVE_BEGUN = [
    (LearningEvent, "learner"),
    (Enrolment, "learner"),
    (SignIn, "learner"),
    (Consent, "learner"),
    (DataRequest, "learner"),
    (PhoneInvite, "learner"),
    (SecretCode, "user"),
    (Membership, "user"),
]


@transaction.atomic
def undo(batch, by):
    """Take away who came and has not begun, and what was filled in. Who has begun stays. Undoing twice is once."""
    batch = LearnerImport.objects.select_for_update().get(pk=batch.pk)
    if not batch.can_be_undone:
        return batch
    with looking_once():
        restored = _restore(batch)
    going = list(_came(batch).exclude(_has_begun()).values_list("pk", flat=True))
    count_no_more(going)
    for start in range(0, len(going), AT_ONCE):
        Learner.objects.filter(pk__in=going[start : start + AT_ONCE]).delete()
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    told = f"{batch.pk} removed {len(going)}, restored {restored}, stayed {stayed(batch).count()}"
    note(by, Action.UNDONE, centre=batch.centre_id, detail=told)
    return batch


def stayed(batch):
    """Those who came with the import and are still there."""
    return _came(batch).in_name_order()


def _came(batch):
    came = ImportedLearner.objects.filter(batch=batch, before__isnull=True)
    return Learner.objects.filter(pk__in=came.values("learner"))


def _has_begun():
    found = Exists(HAVE_BEGUN[0][0].objects.filter(learner=OuterRef("pk")))
    for model, name in HAVE_BEGUN[1:]:
        found |= Exists(model.objects.filter(**{name: OuterRef("pk")}))
    return found


def _restore(batch):
    """Empty again what the import filled in and nobody has changed since."""
    filled = {}
    for row in batch.rows:
        if row["choice"] == MERGE:
            for name, value in row.items():
                filled.setdefault((row["same_as"], name), value)
    changed = ImportedLearner.objects.filter(batch=batch, before__isnull=False)
    for each in changed.select_related("learner__home"):
        for name, before in each.before.items():
            if value_of(each.learner, name) == filled.get((str(each.learner_id), name)):
                set_value(each.learner, name, before)
    return len(changed)
