"""Centres, then people with their lives, then what all of it adds up to."""

import random
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from courses import event_months
from courses.models import ActiveMonth, CountedPerson, Enrolment, LearningEvent, LessonProgress
from courses.progress import late, settling, state, tables
from courses.progress.events import Row, month_of
from lms.accounts.models import User
from lms.centres.models import Centre, HomeCentre, Subdistrict
from lms.network.sample import people
from lms.network.sample.copying import copy, without_looking_up
from lms.network.sample.lives import BAND, CENTRE, LEARNER, NUMBER, PROVINCE, Lives

TABLES = {
    "event": (LearningEvent, list(Row._fields)),
    "lesson": (LessonProgress, state.LESSON_FIELDS),
    "course": (Enrolment, state.COURSE_FIELDS),
    "active": (ActiveMonth, ["learner", "month", "centre", "course"]),
}
AT_ONCE = 5_000  # people in one COPY: some 40 MB of text
LIVES = 3_000
LIVES_OF_A_CENTRE = 60
SILENT = 0.06  # of the centres, not heard for months
SILENCE = timedelta(days=120)


@transaction.atomic
def make(learners, centres, events, months=24, seed=1, told=lambda words: None):
    """Fill the database with about so many events. Returns how many were made; `told` is called with what goes on."""
    chance = random.Random(seed)
    last = timezone.now()
    if event_months.has_months():
        event_months.make_all(month_of(last - timedelta(days=30.4 * months)), event_months.this_month())
    lives = Lives(events / learners, last - timedelta(days=30.4 * months), last, seed)
    places = _centres(centres, chance)
    told(f"{len(places):,} centres")
    plans = _plans(learners, places, lives, chance)
    made, lived = 0, Counter()
    with without_looking_up(User, HomeCentre, CountedPerson, *(model for model, _names in TABLES.values())):
        for start in range(0, len(plans), AT_ONCE):
            made += _write(plans[start : start + AT_ONCE], start, chance, lived)
            told(f"{min(start + AT_ONCE, len(plans)):,} people, {made:,} events")
        told("indexes")
    tables.add(_counted(lived))
    _tell_what_came_late(lived)
    _hear(lived)
    return made


def _centres(number, chance):
    """Invented centres, spread over the country."""
    subdistricts = list(Subdistrict.objects.order_by("pk").values_list("pk", flat=True))
    known = Centre.objects.filter(code__startswith="SAMPLE-").count()
    return Centre.objects.bulk_create(
        Centre(
            code=f"SAMPLE-{known + place + 1:05}",
            name_th=f"ศูนย์ตัวอย่าง {known + place + 1}",
            name_en=f"Sample centre {known + place + 1}",
            subdistrict_id=subdistricts[place * len(subdistricts) // number],
            host_kind=chance.choice(Centre.HostKind.values),
        )
        for place in range(number)
    )


def _plans(learners, places, lives, chance):
    """(centre, life) for each person, by the day they joined: keys then grow as they would have."""
    known = [lives.one() for _life in range(min(LIVES, learners))]
    ended = [lives.one(lives.last - SILENCE) for _life in range(LIVES_OF_A_CENTRE)]
    offered = {
        place: ended if chance.random() < SILENT else chance.choices(known, k=LIVES_OF_A_CENTRE) for place in places
    }
    sizes = [chance.lognormvariate(0, 0.7) for _place in places]
    plans = [(place, chance.choice(offered[place])) for place in chance.choices(places, sizes, k=learners)]
    return sorted(plans, key=lambda plan: plan[1].joined)


def _write(plans, start, chance, lived):
    """Some people and what they did. Returns how many events that is."""
    texts = {table: [] for table in ("person", "home", "counted", *TABLES)}
    for number, (place, life) in enumerate(plans, start):
        person = people.invented(number, life.joined, place, chance)
        lived[place, life, person.age_band] += 1
        texts["person"].append(person.text)
        texts["home"].append(person.home)
        texts["counted"].append(person.counted)
        ending, centre = f"{number:015x}", str(place.pk)
        for table in TABLES:
            text = life.texts[table]
            texts[table].append(text.replace(LEARNER, person.id).replace(NUMBER, ending).replace(CENTRE, centre))
    copy(User, people.NAMES, "".join(texts["person"]))
    copy(HomeCentre, people.HOME_NAMES, "".join(texts["home"]))
    copy(CountedPerson, settling.NAMES, "".join(texts["counted"]))
    for table, (model, names) in TABLES.items():
        copy(model, names, "".join(texts[table]))
    return sum(life.events for _place, life in plans)


def _counted(lived):
    """What all lives add up to, each at the centre where it was lived."""
    counts = Counter()
    for (place, life, age_band), number in lived.items():
        here = {CENTRE: place.pk, PROVINCE: place.subdistrict_id[:2], BAND: age_band}
        for key, count in life.counts.items():
            counts[tuple([here.get(part, part) for part in key])] += count * number
    return counts


def _tell_what_came_late(lived):
    found = {}
    for (place, life, _age_band), number in lived.items():
        for (month, _centre), (events, last_at) in life.late.items():
            late.join(found, {(month, place.pk): (events * number, last_at)})
    late.add(found)


def _hear(lived):
    heard = {}
    for place, life, _age_band in lived:
        heard[place.pk] = max(life.heard, heard.get(place.pk, life.heard))
    tables.hear(sorted(heard.items()))
