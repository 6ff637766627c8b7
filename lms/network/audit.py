"""The audit log, searched: by the ministry in all of it, by a caretaker in what concerns their centre."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.core import signing
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lms.accounts.asked import misnamed
from lms.accounts.lists import in_chunks
from lms.accounts.models import User
from lms.accounts.sheets import sheet
from lms.centres import opened
from lms.centres.audit import Action, note, note_listed
from lms.centres.models import AuditEntry, Centre, Learner
from lms.centres.second_factors import Known
from lms.network.desk.access import chosen_centre, desk
from lms.network.ministry.access import ministry_only

ON_A_PAGE = 50
SALT = "audit"
BEFORE = "before"  # in an address: the entry up to which a page has been
COLUMNS = ["at", "actor", "action", "subject", "centre", "token", "detail"]


class DayField(forms.DateField):
    """A day as browsers send it: 2026-11-22, in the Gregorian year."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write a day as 2026-11-22, with the Gregorian year.")}
    input_formats = ["%Y-%m-%d"]


class AuditQuestion(forms.Form):
    """What to look for. Who did it is a user name or an id; whose data it was, an id."""

    action = forms.ChoiceField(label=_("What was done"), choices=[("", _("All")), *Action.choices], required=False)
    actor = forms.CharField(label=_("Who did it (user name or id)"), max_length=150, required=False)
    subject = forms.UUIDField(label=_("Whose data (id)"), required=False)
    centre = forms.SlugField(label=_("Centre's code"), max_length=20, required=False)
    token = forms.CharField(label=_("Name of the token"), max_length=80, required=False)
    first = DayField(label=_("From day"), required=False)
    last = DayField(label=_("To day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        """A name that means nothing here is refused: misspelt, it would quietly widen the answer."""
        if wrong := misnamed(self.data, [*self.fields, BEFORE]):
            raise forms.ValidationError(": ".join(wrong))
        return super().clean()

    def narrow(self, entries):
        """Those of the entries that are asked for."""
        asked = self.cleaned_data
        found = entries.filter(**{name: asked[name] for name in ("action", "subject", "token") if asked[name]})
        if asked["centre"]:
            found = found.filter(centre__in=Centre.objects.order_by().of_code(asked["centre"]).values("pk"))
        if asked["actor"]:
            found = found.filter(actor__in=_people_called(asked["actor"]))
        if asked["first"]:
            found = found.filter(at__gte=_midnight(asked["first"]))
        if asked["last"]:
            found = found.filter(at__lt=_midnight(asked["last"] + timedelta(days=1)))
        return found


def _people_called(text):
    try:
        return [UUID(text)]
    except ValueError:
        return User.objects.filter(username=text).values("pk")


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@require_safe
@ministry_only
def of_everybody(request):
    entries = AuditEntry.objects.visible_to(request.user)
    return page(request, entries, {"section": "ministry", "tab": "audit"})


@require_safe
@ministry_only
def of_everybody_csv(request):
    """All that was asked for, as a sheet; that it was taken out is written down as well."""
    question = AuditQuestion(request.GET)
    if not question.is_valid():
        return page(request, AuditEntry.objects.none(), {"section": "ministry", "tab": "audit"})
    found = question.narrow(AuditEntry.objects.visible_to(request.user))
    names = ["at", "actor", "action", "subject", "centre__code", "token", "detail"]
    chunks = in_chunks(found.values("id", *names), ("at", "id"))
    answer = sheet("audit", COLUMNS, ([row[name] for name in names] for chunk in chunks for row in chunk))
    note(request.user, Action.EXPORTED, detail="audit")  # not where there was no place for it
    return answer


@require_safe
@desk
def of_centre(request):
    centre = chosen_centre(request)
    entries = AuditEntry.objects.visible_to(request.user).filter(centre=centre)
    more = {"section": "desk", "tab": "more", "centre": centre, "centres": request.centres}
    answer = page(request, entries, more)
    note_listed(request.user, centre, "audit")  # not at the top of what they came to read
    return answer


def page(request, entries, more):
    """The newest first. Pages go on from their last entry, so that what is added meanwhile shifts nothing."""
    question = AuditQuestion(request.GET)
    found = question.narrow(entries) if question.is_valid() else entries.none()
    if place := _place(request):
        found = found.filter(Q(at__lt=place[0]) | Q(at=place[0], pk__lt=place[1]))
    rows = list(found.select_related("centre").order_by("-at", "-pk")[: ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    tell(shown, request.user)
    context = {
        "question": question,
        "entries": shown,
        "older": signing.dumps([str(shown[-1].at), shown[-1].pk], salt=SALT) if len(rows) > ON_A_PAGE else "",
        "asked": {name: value for name, value in request.GET.items() if value and name != BEFORE},
    }
    return render(request, "audit.html", context | more, status=200 if question.is_valid() else 400)


def _place(request):
    try:
        return signing.loads(request.GET.get(BEFORE, ""), salt=SALT)
    except signing.BadSignature:
        return None


WORDS = {  # what details are about, where a page says it
    "today": _("Today"),
    "learners": _("Learners"),
    "help": _("Who would like help"),
    "needs": _("Who would like help"),
    "progress": _("Lesson by lesson"),
    "events": _("What was learned, one thing after another"),
    "tasks": _("Tasks to look at"),
    "course": _("Lesson by lesson"),
    "lesson": _("A lesson's answers"),
    "task": _("A task"),
    "written": _("A lesson of the centre's own"),
    "code": _("A new secret code"),
    "phone": _("Link a phone"),
    "guardian": _("The guardian's yes"),
    "guardian's": _("The guardian's permission"),
    "consents": _("What the learner allows"),
    "request": _("A request about data"),
    "data requests": _("Requests about data"),
    "cards": _("Print member cards"),
    "import": _("A list of learners"),
    "devices": _("Devices at the centre"),
    "asked to stay": _("Do they stay?"),
    "audit": _("Who did what"),
    "questions": _("Questions about figures"),
    "record": _("A person looked for by name"),
    **{known.value: known.label for known in Known},
}


def about(detail):
    """A detail in the reader's words, as far as there are some."""
    return opened.told(detail) or WORDS.get(detail) or WORDS.get(detail.partition(" ")[0]) or detail


def tell(entries, user):
    """Name who may be named: staff by their name, learners only to who looks after them."""
    people = {entry.actor for entry in entries} | {entry.subject for entry in entries}
    staff = dict(User.objects.filter(pk__in=people).exclude(username=None).values_list("pk", "name"))
    learners = dict(Learner.objects.visible_to(user).filter(pk__in=people).values_list("pk", "name"))
    for entry in entries:
        entry.who = staff.get(entry.actor) or learners.get(entry.actor)
        entry.whose = learners.get(entry.subject) or staff.get(entry.subject)
        entry.can_be_opened = entry.subject in learners
        entry.about = about(entry.detail)
