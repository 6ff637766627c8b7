"""Who sits at which machine of a centre now."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from lms.accounts.middleware import SEEN_EVERY
from lms.accounts.prepared import Prepared
from lms.centres.models import Device


@dataclass(frozen=True)
class Seat:
    """A shared machine, and the learner who sits there, if anybody does."""

    device: UUID
    name: str
    learner: UUID | None = None
    learner_name: str = ""
    since: datetime | None = None


def seats_at(centres):
    """The shared machines of these centres (or of those with these keys) in the order of their names, by one query."""
    now, found = timezone.now(), {}
    one = centres[0] if isinstance(centres, list) and len(centres) == 1 else None
    rows = _ONE.rows("", centre=getattr(one, "pk", one), now=now) if one else _seats(Q(centre__in=centres), now)
    for row in rows:
        pk, name, learner, learner_name, since, session = row.values()
        if _is_in(session):
            found[pk] = Seat(pk, name, learner, learner_name, since)
        else:
            found.setdefault(pk, Seat(pk, name))
    return sorted(found.values(), key=lambda seat: _spoken_order(seat.name))


def _seats(where, now):
    sitting = FilteredRelation("sign_ins", condition=Q(sign_ins__ended_at=None))
    sessions = Session.objects.filter(session_key=OuterRef("sitting__session_key"), expire_date__gt=now)
    machines = Device.objects.bound().shared().filter(where).annotate(sitting=sitting)
    machines = machines.annotate(session=Subquery(sessions.values("session_data")))
    told = "sitting__learner_id", "sitting__learner__name", "sitting__started_at", "session"
    return machines.order_by("sitting__started_at").values("pk", "name", *told)


_ONE = Prepared(lambda shape, centre, now: _seats(Q(centre=centre), now))  # with every look at a centre's first page


def _is_in(session):
    """Whether a session of that content is still in use: the machine has not been left idle."""
    kept = Session.get_session_store_class()().decode(session) if session else {}
    idle = kept.get("idle_seconds", settings.SALA_IDLE_SECONDS) + SEEN_EVERY
    return kept.get("seen", 0) >= time.time() - idle


def _spoken_order(name):
    """เครื่อง 2 comes before เครื่อง 10."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"([0-9]+)", name)]
