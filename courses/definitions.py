"""What each figure counts, and what it does not. A change of meaning is a new version."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Version(NamedTuple):
    number: str
    day: date
    change: str


# The newest first. A sheet names the version by which it was counted; here its reader finds what has changed since.
VERSIONS = (
    Version(
        "1.4",
        date(2026, 11, 30),
        _("Each row of places says how many centres it rests on. No figure counts otherwise than before."),
    ),
    Version(
        "1.3",
        date(2026, 11, 30),
        _(
            "Where nothing was heard since the time that is asked for began, figures are left open; they were 0. "
            "How many joined is no longer told of one course."
        ),
    ),
    Version(
        "1.2",
        date(2026, 11, 29),
        _("Ages are told of fiscal years that are over and of all courses; they were told of the year that runs too."),
    ),
    Version(
        "1.1",
        date(2026, 11, 28),
        _("People who joined, started, were active, finished and were certified: each person counts once. New."),
    ),
    Version("1.0", date(2026, 11, 23), _("The first way of counting.")),
)
VERSION = VERSIONS[0].number


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
    "people_joined": Definition(
        _("Joined"),
        _("People who were registered."),
        _(
            "People who were given a home centre, counted once, in the month of their registration and at that centre. "
            "Joining is not of one course: of a course alone nobody is counted here."
        ),
    ),
    "people_starters": Definition(
        _("Started"),
        _("People who learned for the first time ever."),
        _(
            "People whose first event ever was in the period, at the centre of that event. With a course chosen: "
            "whose first event in that course was."
        ),
    ),
    "people_active": Definition(
        _("Active"),
        _("People who did anything in the period."),
        _(
            "People with any event in the period, each counted once however many months, courses or centres they "
            "learned in, at the centre of their first month in it. They may have started years ago. "
            "By month or fiscal year everybody counts once in each, so these do not add up."
        ),
    ),
    "people_finishers": Definition(
        _("Finished"),
        _("People who finished their first course."),
        _(
            "People who finished the first of their courses in the period, at the centre of its last lesson. With a "
            "course chosen: who finished that course. They may have started before the period."
        ),
    ),
    "people_certified": Definition(
        _("Certified"),
        _("People who were given their first certificate."),
        _(
            "People who were given the first of their certificates in the period. With a course chosen: the "
            "certificate of that course. A certificate is made when it is first opened, so some finishers have none."
        ),
    ),
    "centres_counted": Definition(
        _("Centres counted"),
        _("Centres of which something was counted in this time."),
        _(
            "Centres, open or not, of which anything was counted in the time that is asked for. The figures beside it "
            "rest on these; what has not reached us from the others is not known."
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
            "centre may have closed, have no line, or have nobody learning: ask it. Where nothing was heard since the "
            "time that is asked for began, figures are left open: not known is not nobody."
        ),
    ),
    "heard_within": Definition(
        _("Heard from"),
        _("Open centres heard in the last 7, 30 or 90 days."),
        _(
            "Open centres from which learning reached us in the last 7, 30 or 90 days before now, whatever time is "
            "asked for. Those of 7 days are among those of 30. Never: nothing has reached us yet."
        ),
    ),
    "events_late": Definition(
        _("Came late"),
        _("What was learned in a month and reached us after it was over."),
        _(
            "Each thing done in a lesson in one month that reached this server in a later one. It counts in the month "
            "in which it was done, so that the figures of a past month change. Who had seemed to begin or finish later "
            "then counts in that month, and no longer in the later one."
        ),
    ),
    "middle": Definition(
        _("The middle"),
        _("Half of the centres alike have more, half have fewer."),
        _(
            "The median of the centres with the same kind of host, about as many PCs and the same line that were heard "
            "from in the time, this one left out. Of fewer than 5 it is not told."
        ),
    ),
    "age_band": Definition(
        _("Ages"),
        _("The age band that people told, as it is known today."),
        _(
            "The same people by the age band that they told, for a whole fiscal year that is over and all courses "
            "together. Fewer than 5 are hidden, with others beside them, so that no subtraction finds "
            "anybody. Told for provinces, regions and the nation."
        ),
    ),
    "reached": Definition(
        _("Reached the lesson"),
        _("People who opened the lesson for the first time."),
        _("People whose first event in the lesson was in the period, in the province of that event."),
    ),
    "finished": Definition(
        _("Finished the lesson"),
        _("People who finished the lesson for the first time."),
        _(
            "People who finished the lesson for the first time in the period. They may have opened it before, so a "
            "short period may show more who finished than who reached it."
        ),
    ),
    "lesson_rate": Definition(
        _("Of those who reached it"),
        _("Who finished the lesson, divided by who reached it."),
        _("People who finished the lesson in the period divided by people who reached it in the period."),
    ),
    "answers": Definition(
        _("Answers"),
        _("Every try of everybody at a question."),
        _("Answers to a question in the period, every try of everybody, in the province in which it was given."),
    ),
    "missed": Definition(
        _("Not right yet"),
        _("Answers that were not right."),
        _(
            "Answers to a question that were not right. The question that is missed most is the one of which they are "
            "the largest part, among those with 5 answers or more."
        ),
    ),
}
