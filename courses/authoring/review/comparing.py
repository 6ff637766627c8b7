"""Two versions of a lesson side by side, part by part, in plain words."""

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.blocks import NAMES
from courses.authoring.review.wording import changed_lines, changed_words, lines_of
from courses.forms import first_words

KINDS = {
    "same": gettext_lazy("as it was"),
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "moved": gettext_lazy("at another place"),
    "removed": gettext_lazy("taken out"),
}
OF_PAGE = ("title", "title_en", "outcome", "minutes", "picture", "picture_alt", "credit", "licence", "placed_after")


@dataclass
class Part:
    """One block of the newer version, or one that is no longer in it, and what became of it."""

    kind: str
    block: Any
    rows: list = field(default_factory=list)

    @property
    def id(self):
        return str(self.block.id)

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def name(self):
        return NAMES.get(self.block.block_type, self.block.block_type)

    @property
    def words(self):
        return first_words(self.block.value) if self.block.value else ""


@dataclass(frozen=True)
class Comparison:
    parts: list
    fields: list  # (name, row of pieces) of the page itself
    is_first: bool  # there is no older version

    @property
    def changes(self):
        """[("changed", "changed", 2), ...]: how many parts of each kind, but those that stayed."""
        found = Counter(part.kind for part in self.parts)
        return [(kind, label, found[kind]) for kind, label in KINDS.items() if kind != "same" and found[kind]]

    @property
    def is_same(self):
        return not self.is_first and not self.changes and not self.fields


def compare(old, new):
    """`old` is a page as it was, or None; `new` as it is to be."""
    if old is None:
        return Comparison([Part("same", block) for block in new.body], [], is_first=True)
    return Comparison(_parts(list(old.body), list(new.body)), _fields(old, new), is_first=False)


def _parts(old, new):
    before, after = {str(block.id): block for block in old}, {str(block.id): block for block in new}
    parts = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, list(before), list(after), False).get_opcodes():
        gone = () if kind == "equal" else old[i1:i2]
        parts += [_removed(block) for block in gone if str(block.id) not in after]
        stays = "same" if kind == "equal" else "moved"
        parts += [_part(before.get(str(block.id)), block, stays) for block in new[j1:j2]]
    return parts


def _removed(block):
    return Part("removed", block, [[("gone", line)] for line in lines_of(block)])


def _part(old, new, stays):
    if old is None:
        return Part("new", new)
    rows = changed_lines(lines_of(old), lines_of(new))
    return Part("changed" if rows else stays, new, rows)


def _fields(old, new):
    """What is not in the body: the title and what stands around the lesson, and the recordings."""
    found = []
    for name in OF_PAGE:
        before, after = _shown(old, name), _shown(new, name)
        if before != after:
            found.append((new._meta.get_field(name).verbose_name, changed_words(before, after)))
    before, after = _recordings(old), _recordings(new)
    if before != after:
        found.append((_("Recordings"), [("same", _told(before, after))]))
    return found


def _shown(page, name):
    display = getattr(page, f"get_{name}_display", None)
    value = display() if display else getattr(page, name)
    return "" if value is None else str(value)


def _recordings(page):
    """{part: file}"""
    return {str(reading.block): reading.file_id for reading in page.readings.all()}


def _told(before, after):
    """How many recordings are new, changed and so on, as it is said of parts."""
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    moved = len([part for part in come if after[part] in {before[other] for other in gone}])
    changed = len([part for part in before.keys() & after.keys() if before[part] != after[part]])
    found = {"new": len(come) - moved, "changed": changed, "moved": moved, "removed": len(gone) - moved}
    return ", ".join(_("%(label)s: %(n)d") % {"label": KINDS[kind], "n": n} for kind, n in found.items() if n > 0)
