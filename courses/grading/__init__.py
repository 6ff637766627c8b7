"""Is this answer right, and what should the learner read next? Plain dicts in, no database."""

from courses.grading.answers import CODES, KINDS, Malformed, check
from courses.grading.forms import read_form
from courses.grading.kinds import Grade, grade
from courses.grading.shuffle import shuffled

__all__ = ["CODES", "KINDS", "Grade", "Malformed", "check", "grade", "read_form", "shuffled"]
