"""What an address of the ministry's pages asks for, and the addresses that lead on from it."""

from urllib.parse import quote, urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from courses import groupings, lesson_report
from courses.filters import BadFilter
from courses.statistics import Scope
from lms.network.ministry import finding
from lms.network.ministry.access import is_officer
from lms.network.ministry.levels import BY_PROVINCE, KINDS
from lms.network.ministry.refusals import refuse_unknown

FILTERS = {"from": "start", "to": "end", "host_kind": "host_kind", "course": "course", "lesson": "lesson"}
FORMATS = ("csv", "xlsx", "pdf")
FIGURES = ("people", "courses")
PER = ("month",)  # a row for each month of each centre: too long for a screen
KEPT = (*FILTERS, "figures")  # from one place to the next
OWN = ("by", "sort", "page")  # of one table
NAMES = (*KEPT, *OWN, "format", "per", "part")
ANY = "any-place"  # stands for a code in an address
CARRIED = ("lesson", "figures", "by", "sort")  # along by the form, which does not show them


class Asked:
    """The texts of an address, for a level of the country: Asked(request, "province", "32")."""

    def __init__(self, request, kind, code):
        self.request, self.kind, self.code = request, kind, code
        self.given = {name: request.GET.get(name, "").strip() for name in NAMES}
        self.per = self.given["per"]
        self.by = self.given["by"] or self._usual_grouping()
        self.figures = "lesson" if self.given["lesson"] else self.given["figures"] or FIGURES[0]
        self.format = self.given["format"]
        self._ways = {}

    def leads_on(self):
        """Where the nation's page is asked for a place, the address of its page; otherwise None. Raises BadFilter."""
        refuse_unknown(self.request, (*NAMES, "place", *finding.PLACES))
        if self.kind != "nation":
            return None
        kind, code = found = finding.wanted(self.request) or ("nation", "")
        let_go = self._outgrown(kind) if finding.is_from_the_form(self.request) else {}
        return self.moved_to(*found, **let_go) if code or let_go else None

    def _outgrown(self, kind):
        """What the form carries along from the page before and what has no meaning with what was chosen on it."""
        by, lesson, course = (self.given[name] for name in ("by", "lesson", "course"))
        is_counted = course and kind in BY_PROVINCE and not self.given["host_kind"]
        let_go = {}
        if by in KINDS["nation"].below and by not in KINDS[kind].below:
            let_go["by"] = ""
        if lesson and (not is_counted or finding.is_of_another_course(lesson, course)):
            let_go |= {"lesson": "", "sort": ""}
        return let_go

    def scope(self, user):
        """Raises BadFilter, or Http404 for a place that is none or is not theirs."""
        for name, allowed in (("figures", FIGURES), ("format", FORMATS), ("per", PER)):
            self._must_be(name, self.given[name] in ("", *allowed), allowed)
        if self.given["part"]:
            self._must_be("format", self.format == "csv", ["csv"])
        if self.format:
            self._must_be_left_out("page")
        if self.per:
            self._must_be("by", self.by == "centre", ["centre"])
            self._must_be("format", self.format == "csv", ["csv"])
            self._must_be_left_out("lesson", "sort", "part")
        place = {} if self.kind == "nation" else {self.kind: self.code}
        try:
            scope = Scope(user, **place, **{own: self.given[public] for public, own in FILTERS.items()})
        except BadFilter as bad:
            if bad.field == self.kind:
                raise Http404 from bad
            raise
        if place and not scope.any_place and not is_officer(user):
            raise Http404
        finding.refuse_other_places(self.request, scope, self.kind, self.code)
        if scope.lesson:
            lesson_report.refuse_what_is_not_counted(scope, user)
        return scope

    def report(self, scope):
        """The table's rows, sorted. Raises BadFilter."""
        found = lesson_report.lesson_report(scope, self.by) if scope.lesson else scope.report(self.by)
        return found.sorted(self.given["sort"])

    def _usual_grouping(self):
        if self.per:
            return "centre"
        by = KINDS[self.kind].by
        return "month" if self.given["lesson"] and by not in lesson_report.BY else by

    def _must_be(self, name, is_so, allowed):
        if not is_so:
            raise BadFilter(name, _("This is none of the values."), allowed)

    def _must_be_left_out(self, *names):
        for name in names:
            if self.given[name]:
                raise BadFilter(name, _("The file that is asked for has everything. Leave this out."))

    def carried(self, wrong=None):
        """(name, value) of what the form does not show and keeps, but for one that is refused: it would be again."""
        return [(name, self.given[name]) for name in CARRIED if self.given[name] and name != wrong]

    def here(self, **changes):
        """The same place, asked differently."""
        return self.at(self.kind, self.code, **{name: self.given[name] for name in OWN} | {"page": ""} | changes)

    def at(self, kind, code, **changes):
        """Another place, asked the same. Many are asked for on a page, so each way to ask is put together once."""
        way = (kind, *changes.items())
        if way not in self._ways:
            told = {name: self.given[name] for name in KEPT} | changes
            if kind not in BY_PROVINCE:
                told["lesson"] = ""
            self._ways[way] = _address(kind, ANY, told)
        return self._ways[way].replace(ANY, quote(code), 1)

    def moved_to(self, kind, code, **changes):
        """This whole question, at the address that it should have."""
        return _address(kind, code, self.given | changes)

    def row(self, by, code):
        """Where a row of a table leads: one click further down; None where there is nothing below."""
        if not code or not code.isprintable():
            return None
        if by in KINDS:
            return self.at(by, code)
        if by in ("month", "fiscal_year"):
            return self.here(**{"from": code, "to": code, "by": "", "sort": ""})
        return self.here(**{by: code, "lesson": "", "by": "", "sort": ""})

    def lesson(self, key):
        """The same place, looking at one lesson of the course; without a key at the whole course again."""
        return self.here(lesson=key, figures="", by="", sort="")

    @property
    def this(self):
        """This very question, with something to hang a page's number on."""
        return self.here(by=self.by)

    @property
    def csv(self):
        return self.here(format="csv")

    @property
    def csv_per_month(self):
        return self.here(by="centre", per="month", sort="", format="csv")

    def csv_of(self, part):
        return self.here(part=part, format="csv")

    @property
    def xlsx(self):
        return self.here(format="xlsx")

    @property
    def pdf(self):
        return self.here(format="pdf")

    @property
    def of_all_lessons(self):
        return self.lesson("")

    @property
    def of_all_courses(self):
        return self.here(course="", lesson="", by="", sort="")

    @property
    def of_people(self):
        return self.here(figures="", sort="")

    @property
    def of_courses(self):
        return self.here(figures="courses", sort="")

    def groupings(self):
        """(title, address, whether it is this one) for each way to group what is here."""
        ways = [by for by in groupings.BY if by not in KINDS or by in KINDS[self.kind].below]
        if self.given["lesson"]:
            ways = [by for by in ways if by in lesson_report.BY]
        return [(groupings.BY[by].title, self.here(by=by, sort=""), by == self.by) for by in ways]


def _address(kind, code, told):
    query = urlencode({name: value for name, value in told.items() if value})
    path = reverse("ministry:overview") if kind == "nation" else reverse(f"ministry:{kind}", args=[code])
    return f"{path}?{query}" if query else path
