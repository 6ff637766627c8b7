"""The one door through which learning is written, and the state and counts that follow from it."""

from courses.progress.erasing import drop_rejected, erase_learning
from courses.progress.events import Event, Verdict
from courses.progress.rebuilding import rebuild
from courses.progress.recording import record, set_aside
from courses.progress.settling import certifying, count_no_more, looking_once

__all__ = [
    "Event",
    "Verdict",
    "certifying",
    "count_no_more",
    "drop_rejected",
    "erase_learning",
    "looking_once",
    "rebuild",
    "record",
    "set_aside",
]
