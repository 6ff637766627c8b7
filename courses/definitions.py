"""What each figure counts, and what it does not. A change of meaning is a new VERSION."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

VERSION = "1.0"


class Definition(NamedTuple):
    title: str
    short: str
    full: str


DEFINITIONS = {
    "starters": Definition(
        _("Began a course"),
        _("A learner's first step in a course, in that month and at that centre."),
        _(
            "A starter is a learner's first event in a course, counted in that month and at that centre. "
            "One who starts two courses counts twice. Opening a course without a lesson counts nothing."
        ),
    ),
    "finishers": Definition(
        _("Finished a course"),
        _("Finished every lesson of the course."),
        _(
            "A finisher has finished every lesson of the course, counted in the month and at the centre of "
            "the last of them. A lesson that is added later takes nothing away."
        ),
    ),
    "rate": Definition(
        _("Finishing rate"),
        _("Finishers of the period divided by its starters."),
        _(
            "Finishers in the period divided by starters in the period. Those who began earlier may be among "
            "the finishers, so a short period may show more than 100%. Without starters there is no rate."
        ),
    ),
    "lessons_finished": Definition(
        _("Lessons finished"),
        _("Each learner and each lesson once."),
        _("Lessons finished for the first time. Each learner and each lesson counts once, however often repeated."),
    ),
    "learner_months": Definition(
        _("Months of learning"),
        _("One learner in one month, one course and one centre."),
        _(
            "A learner who does anything in a course in a month adds one. One who learns in three months, or in "
            "three courses, adds three: this is not a number of people."
        ),
    ),
    "last_heard": Definition(
        _("Last heard"),
        _("When learning last reached us from the centre."),
        _(
            "When learning last reached this server from the centre. Of several centres it is the latest. "
            "Learning that waits on a device for the line to come back is not counted yet."
        ),
    ),
    "centres_heard": Definition(
        _("Centres heard"),
        _("Open centres heard in the last 30 days."),
        _(
            "Open centres from which learning reached us in the last 30 days, of all that are open. A silent "
            "centre may have closed, have no line, or have nobody learning: ask it."
        ),
    ),
}
