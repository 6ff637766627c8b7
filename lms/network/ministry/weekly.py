"""A week in a place, to be mailed: what the counts can say of it, and nothing that they cannot.

Learning is counted by month, so people are told of the month so far and of the one before. Of centres only the latest
moment is kept in which they were heard from: so of an earlier week than the last nobody can say any more who was
heard from in it, and it is not said.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from courses import people, periods
from courses.definitions import DEFINITIONS, VERSION
from courses.models import LateCount, MovedAway
from courses.places_in_time import SILENT_AFTER
from courses.statistics import Scope
from lms.accounts.models import User
from lms.network.ministry import weekly_questions
from lms.network.ministry.reach import reach

NAMED = 50  # newly silent centres in a mail; the CSV has all


@dataclass(frozen=True)
class Week:
    monday: date

    @classmethod
    def last(cls):
        """The latest one that is over."""
        today = timezone.localdate()
        return cls(today - timedelta(days=today.weekday() + 7))

    @classmethod
    def read(cls, text):
        """The week of "2026-W47", Monday to Sunday in Thai time. Raises ValueError, also for one that is not over."""
        try:
            week = cls(datetime.strptime(f"{text}-1", "%G-W%V-%u").date())
        except ValueError:
            raise ValueError(_("Write a week as 2026-W47.")) from None
        if week.monday > cls.last().monday:
            raise ValueError(_("This week is not over yet."))
        return week

    @property
    def code(self):
        return self.monday.strftime("%G-W%V")

    @property
    def sunday(self):
        return self.monday + timedelta(days=6)

    @property
    def ends(self):
        """Its first moment, and the first after it."""
        return _midnight(self.monday), _midnight(self.monday + timedelta(days=7))

    @property
    def month(self):
        return self.sunday.year * 100 + self.sunday.month


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


class Summary:
    """A week in the nation, a region or a province, as everybody in the ministry may see it. Raises BadFilter."""

    version = VERSION

    def __init__(self, week, place=""):
        self.week, self.made_at = week, timezone.now()
        self.place, self.kind = place, "province" if place.isdigit() else "region"
        months = {"start": periods.code(periods.preceding(week.month)), "end": periods.code(week.month)}
        self.scope = Scope(User(is_superuser=True), **months, **({self.kind: place} if place else {}))

    @property
    def label(self):
        names = self.scope.provinces | self.scope.regions
        return names[self.place] if self.place else _("The whole country")

    @property
    def address(self):
        """Of the place's page, where the site knows its own address."""
        path = reverse(f"ministry:{self.kind}", args=[self.place]) if self.place else reverse("ministry:overview")
        return settings.SALA_ADDRESS and settings.SALA_ADDRESS + path

    @cached_property
    def months(self):
        """The labels of the month before and of this one; each figure's name, title and the two numbers."""
        rows = {row.code: row for row in self.scope.people_by_month(2)}
        codes = [periods.code(month) for month in (periods.preceding(self.week.month), self.week.month)]
        labels = [periods.month_label(periods.read(code)[0]) for code in codes]
        names = [f"people_{name}" for name in people.NAMES]
        numbers = [[getattr(rows.get(code), name, 0) for code in codes] for name in names]
        return labels, [(name, str(DEFINITIONS[name].title), *told) for name, told in zip(names, numbers, strict=True)]

    @property
    def knows_who_was_heard(self):
        return self.week == Week.last()

    @property
    def reach(self):
        return reach(self.scope.places.values())

    @cached_property
    def silent(self):
        return self.scope.silent

    @cached_property
    def newly_silent(self):
        """Those of which the thirtieth day without a word was in the week."""
        start, end = (moment - SILENT_AFTER for moment in self.week.ends)
        return [place for place in self.silent if place.last_heard and start <= place.last_heard < end]

    @property
    def named(self):
        return self.newly_silent[:NAMED]

    @property
    def more(self):
        return max(len(self.newly_silent) - NAMED, 0)

    @cached_property
    def changed(self):
        """(month, its label, at how many centres) of months that were over and changed in the week."""
        start, end = self.week.ends
        late, moved = (self.scope.of_its_centres(model.objects.order_by()) for model in (LateCount, MovedAway))
        late = late.filter(last_at__gte=start, last_at__lt=end).values_list("month", "centre")
        moved = moved.filter(at__gte=start, at__lt=end).values_list("month", "centre")
        centres = Counter(month for month, _centre in late.union(moved))
        return [(periods.code(month), periods.month_label(month), centres[month]) for month in sorted(centres)]

    @cached_property
    def questions(self):
        """(centre, how many of its questions about figures waited for an answer at the week's end), the most first."""
        return weekly_questions.waiting(self.scope, self.week.ends[1])

    @property
    def questions_in_all(self):
        return sum(number for _centre, number in self.questions)

    @property
    def questions_named(self):
        return self.questions[:NAMED]

    @property
    def more_with_questions(self):
        return max(len(self.questions) - NAMED, 0)

    @property
    def questions_at(self):
        """The address for the ministry, and that for core members."""
        return weekly_questions.addresses(self.kind, self.place)

    def rows(self):
        """Everything as (section, code, label, value), for the CSV."""
        labels, figures = self.months
        for place, label in enumerate(labels):
            month = periods.code([periods.preceding(self.week.month), self.week.month][place])
            yield from ((name, month, label, told[place]) for name, _title, *told in figures)
        if self.knows_who_was_heard:
            told = self.reach
            yield from (("centres_heard", f"{days} days", "", number) for days, number in told["within"])
            yield from (("centres_never_heard", "", "", told["never"]), ("centres_open", "", "", told["open"]))
            yield from (("newly_silent", place.code, place.label, place.last_heard) for place in self.newly_silent)
        yield from (("questions_waiting", centre.code, centre.label, number) for centre, number in self.questions)
        yield from (("month_changed", code, label, centres) for code, label, centres in self.changed)
