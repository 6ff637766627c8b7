"""A lesson of a learner: every question with what they answered, how often, and how it went."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.answer_words import answer_words
from courses.lesson_words import lesson_words
from courses.models import LearningEvent, LessonProgress
from courses.progress.checks import Check
from courses.progress.fold import is_stuck
from courses.rendering import kept_together
from lms.centres.audit import Action, note_look
from lms.network.desk.access import desk, learner_to_look_at

SHOWN = 20  # attempts at one question, the latest ones


@dataclass(frozen=True)
class Attempt:
    at: object
    lines: list
    is_right: bool | None


@dataclass(frozen=True)
class Asked:
    """A question or task, and what became of it."""

    activity: str
    kind: str
    text: str
    entry: dict
    attempts: list  # the newest first
    check: Check | None
    is_seen_by_others: bool  # a task that somebody of the centre looks at
    steps: int  # of a task

    @property
    def latest(self):
        return self.attempts[0] if self.attempts else None

    @property
    def tries(self):
        return self.entry.get("tries", 0)

    @property
    def is_done(self):
        return len(self.entry.get("answer") or ()) >= self.steps

    @property
    def state(self):
        """`new`, `right`, `again`, `stuck`, or `kept` where there is nothing to grade."""
        if not self.attempts:
            return "new"
        if self.entry.get("solved_at"):
            return "right"
        if is_stuck(self.entry):
            return "stuck"
        return "kept" if self.latest.is_right is None else "again"


@require_safe
@desk
def lesson(request, learner, lesson):
    learner = learner_to_look_at(request, learner)
    progress = get_object_or_404(LessonProgress.objects.visible_to(request.user), learner=learner.pk, lesson=lesson)
    words = lesson_words([lesson]).get(lesson)
    if words is None:
        raise Http404
    note_look(request.user, Action.LOOKED, learner, learner.home.centre_id, f"lesson {lesson}")
    context = {
        "section": "desk",
        "tab": "learners",
        "learner": learner,
        "words": words,
        "progress": progress,
        "minutes": round(progress.seconds / 60),
        "asked": asked(progress, words),
    }
    return render(request, "desk/lesson.html", context)


def asked(progress, words):
    """Everything the lesson asks today, in its order; then what it asked once, if it was answered."""
    attempts = _attempts(progress, words)
    today = [id for id in words.blocks if id in words.activities]
    once = [id for id in progress.answers if id in words.activities and id not in words.blocks]
    return [_asked(id, words, progress.answers.get(id, {}), attempts.get(id, [])) for id in today + once]


def _asked(id, words, entry, attempts):
    return Asked(
        activity=id,
        kind=words.activities[id]["kind"],
        text=kept_together(words.asked(id)),
        entry=entry,
        attempts=attempts[:SHOWN],
        check=Check.of(entry),
        is_seen_by_others=id in words.tasks,
        steps=words.tasks.get(id, 0),
    )


def _attempts(progress, words):
    events = LearningEvent.objects.filter(learner=progress.learner_id, lesson=progress.lesson, verb="answered")
    found = {}
    for activity, answer, correct, at in events.order_by("-occurred_at", "-id").values_list(
        "activity", "answer", "correct", "occurred_at"
    ):
        definition = words.activities.get(str(activity))
        if definition:
            found.setdefault(str(activity), []).append(Attempt(at, answer_words(definition, answer), correct))
    return found
