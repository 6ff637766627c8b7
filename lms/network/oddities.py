"""What looked odd, in words: a question with its evidence, for the centre's page and the ministry's."""

from datetime import datetime

from django.utils.translation import gettext as _

from courses.models import LessonPage, Oddity
from lms.accounts.templatetags.dates import clock, day, moment
from lms.centres.models import Centre, Learner

Kind = Oddity.Kind


def told(oddities, user=None):
    """A list of questions, each with `when` it was, `lines` of evidence and the `title` of its lesson.

    `who` it is about is told where this person may know it; without a person nobody is named.
    """
    oddities = list(oddities)
    lessons = {oddity.lesson for oddity in oddities if oddity.lesson}
    titles = {page.key: page.heading for page in LessonPage.objects.filter(key__in=lessons)} if lessons else {}
    people = {oddity.learner_id for oddity in oddities if oddity.learner_id} if user else ()
    known = Learner.objects.visible_to(user).filter(pk__in=people) if people else ()
    names = {learner.pk: learner.get_full_name() for learner in known}
    for oddity in oddities:
        oddity.title = titles.get(oddity.lesson, "")
        oddity.who = names.get(oddity.learner_id, "") if names else ""
        oddity.when = when(oddity)
        oddity.lines = [line for line in _lines(oddity, oddity.evidence) if line]
    return oddities


def _lines(oddity, seen):
    yield SAID[oddity.kind](oddity, seen)
    if "first" in seen:
        first, last = _moment(seen["first"]), _moment(seen["last"])
        told = clock if first.date() == last.date() == oddity.day else moment
        yield _("From %(first)s to %(last)s") % {"first": told(first), "last": told(last)}
    if seen.get("at_machines") or seen.get("on_phones"):
        yield _("Signed in at a machine of the centre: %(machines)s. On a phone of their own: %(phones)s.") % {
            "machines": seen["at_machines"],
            "phones": seen["on_phones"],
        }
    if seen.get("in_groups"):
        yield _("In a group round one screen: %(number)s") % {"number": seen["in_groups"]}
    if seen.get("by_others"):
        yield _("Handed in by somebody else for them: %(number)s") % {"number": seen["by_others"]}


def _fast(oddity, seen):
    return _("Lessons finished: %(times)s. The quickest took %(took)s, of %(minutes)s minutes.") % _quick(seen)


def _fast_many(oddity, seen):
    return _(
        "People: %(people)s. Lessons finished: %(times)s. The quickest took %(took)s, of %(minutes)s minutes."
    ) % _quick(seen)


def _quick(seen):
    return seen | {"took": _time(seen["seconds"])}


def _crowd(oddity, seen):
    return _("People who finished this lesson: %(people)s, within %(took)s.") % _quick(seen)


def _closed(oddity, seen):
    status = Centre.Status(seen["status"]).label
    said = seen | {"status": status}
    return _("The centre was: %(status)s. People: %(people)s. Things they did: %(events)s.") % said


def _two_places(oddity, seen):
    here, there = (clock(_moment(seen[name])) for name in ("at", "elsewhere_at"))
    where = {"here": here, "there": there, "centre": oddity.elsewhere}
    lines = [_("Here at %(here)s, at %(centre)s at %(there)s.") % where]
    if seen["km"] is not None:
        lines.append(_("It is %(km)s km away.") % seen)
    if seen["on_phone"]:
        lines.append(_("They were signed in on a phone of their own, which may have been anywhere."))
    return " ".join(lines)


SAID = {
    Kind.FAST: _fast,
    Kind.FAST_MANY: _fast_many,
    Kind.CROWD: _crowd,
    Kind.CLOSED: _closed,
    Kind.TWO_PLACES: _two_places,
}


def when(oddity):
    """The day, or the week that begins with it."""
    return _("The week from %(day)s") % {"day": day(oddity.day)} if oddity.kind == Kind.FAST else day(oddity.day)


def _time(seconds):
    if seconds < 120:
        return _("%(number)s seconds") % {"number": seconds}
    return _("%(number)s minutes") % {"number": seconds // 60}


def _moment(text):
    return datetime.fromisoformat(text)
