"""A complete copy of one's data as JSON: every row of every table about one person, with what each part is."""

import json
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from courses.models import (
    ActiveMonth,
    Certificate,
    CountedPerson,
    Enrolment,
    Film,
    GroupMember,
    GroupSession,
    LearningEvent,
    LessonProgress,
    Oddity,
    RejectedEvent,
)
from lms.accounts.lists import in_chunks
from lms.accounts.models import ApiToken, SecondFactor, SecretCode, User, WrongTry
from lms.centres.models import (
    Appointment,
    AuditEntry,
    Consent,
    DataRequest,
    Device,
    HomeCentre,
    ImportedLearner,
    Membership,
    MinistryPost,
    PhoneInvite,
    SignIn,
)

FORMAT = "sala-my-data/1"
# Keys, and what follows from a name.
SECRETS = {"password", "mac", "digest", "session_key", "sealed", "recovery", "last_step", "sort_key", "search_text"}


class Part(NamedTuple):
    """One key of the copy. `mine` names the field that holds the person."""

    about: str
    model: type[Model]
    mine: str
    order: tuple = ("id",)


PARTS = {
    "person": Part("Name, age band, language, and when you came.", User, "id"),
    "home_centre": Part("Your centre, and where you live.", HomeCentre, "learner_id", ("learner_id",)),
    "secret_code": Part(
        "What kind of secret code, and since when; never the code.", SecretCode, "user_id", ("user_id",)
    ),
    "second_factor": Part("Since when a code of your phone is asked for; never the code.", SecondFactor, "user_id"),
    "phones": Part("Phones of your own that may sign in.", Device, "owner_id"),
    "phone_invites": Part("Invitations to link a phone.", PhoneInvite, "learner_id"),
    "sign_ins": Part("When and at which machine you signed in.", SignIn, "learner_id"),
    "consents": Part("What you or your guardian allowed or took back.", Consent, "learner_id"),
    "data_requests": Part("What you asked about your data.", DataRequest, "learner_id"),
    "courses": Part("How far you got in each course.", Enrolment, "learner_id", ("course",)),
    "lessons": Part(
        "How far you got in each lesson, with your latest answers.", LessonProgress, "learner_id", ("lesson",)
    ),
    "events": Part("Each thing you did while learning, in the order of its id.", LearningEvent, "learner_id"),
    "active_months": Part("Months in which you learned.", ActiveMonth, "learner_id", ("month", "centre_id", "course")),
    "counted_as": Part(
        "Since which month, where, and under which age you are in the counts.",
        CountedPerson,
        "learner_id",
        ("learner_id",),
    ),
    "certificates": Part("Your certificates, as they were printed.", Certificate, "learner_id"),
    "questions": Part("What your centre was asked because it looked odd, and its answer.", Oddity, "learner_id"),
    "groups": Part(
        "Groups in which you learned, from when to when.", GroupMember, "learner_id", ("session_id", "joined_at")
    ),
    "groups_led": Part("Groups that you led.", GroupSession, "facilitator_id"),
    "imports": Part("That you came with a list, and what it changed.", ImportedLearner, "learner_id"),
    "roles_at_centres": Part("Your work at centres, as a helper or caretaker.", Membership, "user_id"),
    "appointments": Part("Your work as a core member.", Appointment, "user_id"),
    "ministry_posts": Part("Your posts at the ministry.", MinistryPost, "user_id"),
    "films": Part("Films that you sent for lessons, with their words.", Film, "user_id"),
    "tokens": Part("Programs that read in your name; not their keys.", ApiToken, "user_id"),
    "who_looked": Part("Who looked at your data or changed it, by id.", AuditEntry, "subject"),
}
BESIDE = {
    "wrong_tries": "Wrong tries of your code in the last days.",
    "set_aside": "What reached us about your learning and could not be counted.",
}


def copy_of(learner):
    """The copy as text, piece by piece, so that a long life of learning never lies in memory."""
    about = {key: part.about for key, part in PARTS.items()} | BESIDE
    head = {"format": FORMAT, "made_at": timezone.now(), "about": about}
    yield _json(head)[:-1]
    for key, part in PARTS.items():
        yield f",\n{json.dumps(key)}: ["
        yield from _rows(part, learner)
        yield "]"
    yield f',\n"wrong_tries": {_json(list(WrongTry.objects.filter(subject=f"code:{learner.pk}").values("at")))}'
    yield f',\n"set_aside": {_json(_set_aside(learner))}}}\n'


def _rows(part, learner):
    names = [field.attname for field in part.model._meta.concrete_fields if field.attname not in SECRETS]
    mine = part.model._base_manager.filter(**{part.mine: learner.pk}).values(*names)
    between = "\n"
    for rows in in_chunks(mine, part.order):
        for row in rows:
            yield between + _json(row)
            between = ",\n"


def _set_aside(learner):
    told = RejectedEvent.objects.annotate(text=Cast("payload", TextField()))
    mine = told.filter(Q(text__icontains=str(learner.pk)) | Q(text__icontains=learner.pk.hex))
    return list(mine.values("payload", "reason", "recorded_at"))


def _json(value):
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
