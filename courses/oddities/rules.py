"""The rules: from what was seen to what is asked about. Pure; the thresholds and their reasons are in the settings."""

from collections import Counter, defaultdict
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from django.utils import timezone

from courses.models import Oddity
from courses.oddities.seen import Finding

EARTH = 6371  # km
NEIGHBOURS = 3  # km within which two centres may be in one village, and clocks say more than ways do

Kind = Oddity.Kind


def is_fast(finish, share):
    """Alone, and in less than that share of the lesson's minutes. Round one screen somebody else reads along."""
    if finish.seconds is None or not finish.minutes or finish.session:
        return False
    return finish.seconds < share * finish.minutes * 60


def fast(finishes, share, times):
    """One person, so many lessons at a centre, in a week from Monday to Sunday."""
    found = defaultdict(list)
    for finish in finishes:
        if is_fast(finish, share):
            day = _day(finish.at)
            found[finish.learner, finish.centre, day - timedelta(days=day.weekday())].append(finish)
    return [
        Finding(Kind.FAST, centre, monday, len(quick), _of_fast(quick), learner=learner)
        for (learner, centre, monday), quick in found.items()
        if len(quick) >= times
    ]


def fast_many(finishes, share, people):
    """So many people at a centre in a day."""
    found = defaultdict(list)
    for finish in finishes:
        if is_fast(finish, share):
            found[finish.centre, _day(finish.at)].append(finish)
    return [
        Finding(Kind.FAST_MANY, centre, day, _people(quick), {"people": _people(quick)} | _of_fast(quick))
        for (centre, day), quick in found.items()
        if _people(quick) >= people
    ]


def crowd(finishes, people, within):
    """So many people who finish one lesson at a centre within some seconds. Those of one group count as one."""
    found = defaultdict(list)
    for finish in sorted(finishes, key=lambda finish: finish.at):
        found[finish.centre, finish.lesson].append(finish)
    largest = {}
    for (centre, lesson), told in found.items():
        for window in _windows(told, timedelta(seconds=within)):
            key, size = (centre, _day(window[0].at), lesson), _apart(window)
            if size >= people and size > _apart(largest.get(key, [])):
                largest[key] = window
    return [
        Finding(Kind.CROWD, centre, day, _people(window), _of_crowd(window), lesson=lesson)
        for (centre, day, lesson), window in largest.items()
    ]


def closed(days, closures):
    """Learning at a centre on days on which it was not open: `closures` has (status, first, last or None) by centre."""
    found = defaultdict(list)
    for each in days:
        if status := closed_on(closures.get(each.centre, ()), each.day):
            found[each.centre, each.day, status].append(each)
    return [
        Finding(Kind.CLOSED, centre, day, sum(each.events for each in there), _of_closed(there, status))
        for (centre, day, status), there in found.items()
    ]


def closed_on(closures, day):
    """The status in which a centre was on a day on which it was not open, else nothing."""
    return next((status for status, first, last in closures if first <= day and (last is None or day <= last)), "")


def two_places(learner, seen, spots, home, minutes, kmh):
    """One learner at two centres within a time in which nobody gets from the one to the other.

    `seen` are Heres in any order, `spots` say where centres are. The home centre is asked, if it is one of the two.
    """
    found = {}
    seen = sorted(seen)
    for one, other in zip(seen, seen[1:], strict=False):
        if one.centre != other.centre and _too_far(spots[one.centre], spots[other.centre], one, other, minutes, kmh):
            asked = next((each for each in (one, other) if each.centre == home), min(one, other, key=_centre))
            found.setdefault((asked.centre, _day(asked.at)), []).append((one, other, asked))
    return [_of_two_places(learner, *key, pairs, spots) for key, pairs in found.items()]


def kilometres(one, other):
    """Between two spots as the crow flies; None where one is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    north, north2, east, east2 = map(radians, (one.latitude, other.latitude, one.longitude, other.longitude))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _too_far(spot, spot2, one, other, minutes, kmh):
    gap = (other.at - one.at).total_seconds() / 60
    if gap >= minutes:
        return False
    way = kilometres(spot, spot2)
    if way is None:
        return spot.district != spot2.district
    return way > max(NEIGHBOURS, kmh * gap / 60)


def _of_two_places(learner, centre, day, pairs, spots):
    one, other, asked = min(pairs, key=lambda pair: pair[1].at - pair[0].at)
    there = other if asked is one else one
    way = kilometres(spots[asked.centre], spots[there.centre])
    evidence = {
        "times": len(pairs),
        "at": _iso(asked.at),
        "elsewhere_at": _iso(there.at),
        "minutes": int((other.at - one.at).total_seconds() // 60),
        "km": way and round(way),
        "on_phone": any(each.on_phone for pair in pairs for each in pair[:2]),
    }
    return Finding(Kind.TWO_PLACES, centre, day, len(pairs), evidence, learner=learner, elsewhere=there.centre)


def _of_fast(quick):
    quickest = min(quick, key=lambda finish: finish.seconds)
    return {
        "times": len(quick),
        "seconds": round(quickest.seconds),
        "minutes": quickest.minutes,
        **_span(quick),
        "by_others": sum(finish.by_other for finish in quick),
    }


def _of_crowd(window):
    return {
        "people": _people(window),
        "seconds": round((window[-1].at - window[0].at).total_seconds()),
        **_span(window),
        "in_groups": sum(finish.session is not None for finish in window),
        "by_others": sum(finish.by_other for finish in window),
    }


def _of_closed(there, status):
    ways = Counter(each.way for each in there)
    return {
        "status": status,
        "people": _people(there),
        "events": sum(each.events for each in there),
        "first": _iso(min(each.first for each in there)),
        "last": _iso(max(each.last for each in there)),
        "at_machines": ways["machine"],
        "on_phones": ways["phone"],
        "in_groups": sum(each.in_groups > 0 for each in there),
        "by_others": sum(each.by_others for each in there),
    }


def _windows(told, within):
    """The longest runs of finishes, in their order, that lie within a time."""
    first = 0
    for last, finish in enumerate(told):
        start = first
        while finish.at - told[first].at > within:
            first += 1
        if first != start:
            yield told[start:last]
    if told:
        yield told[first:]


def _apart(finishes):
    return len({finish.session or finish.learner for finish in finishes})


def _people(seen):
    return len({each.learner for each in seen})


def _span(finishes):
    moments = [finish.at for finish in finishes]
    return {"first": _iso(min(moments)), "last": _iso(max(moments))}


def _day(moment):
    """The day in Thailand."""
    return timezone.localtime(moment).date()


def _iso(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _centre(here):
    return here.centre
