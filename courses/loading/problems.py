"""What is wrong with a folder of courses, told so that its author can mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class Problem:
    """`line` counts from 1; 0 where the whole file is meant. `field` is as choices[2].text, or empty."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self):
        where = _("%(file)s, line %(line)d") % {"file": self.file, "line": self.line} if self.line else self.file
        return ": ".join(part for part in (where, self.field, self.message) if part)


class LoadError(Exception):
    """A folder that cannot be loaded. Nothing has been changed."""

    def __init__(self, problems):
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
