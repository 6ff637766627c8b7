"""What is kept about a learner, in an order and in words that they can follow."""

from django.utils.translation import gettext as _

from courses.models import LessonPage, LessonProgress
from lms.accounts.models import User
from lms.centres import opened
from lms.centres.models import AuditEntry, Consent, DataRequest, SignIn
from lms.network.data_requests import told
from lms.network.desk.reached import lessons_of

LATEST = 20


def kept_of(learner, latest=LATEST):
    """Everything for the page; with `latest` None without leaving anything out, for the copy."""
    looks = AuditEntry.objects.visible_to(learner).filter(subject=learner.pk).order_by("-at", "-pk")
    return {
        "learner": learner,
        "home": learner.home,
        "phones": learner.phones.filter(revoked_at=None).order_by("bound_at"),
        "code": getattr(learner, "code", None),
        "sign_ins": SignIn.objects.of(learner).select_related("device").order_by("-started_at")[:latest],
        "courses": lessons_of(learner),
        "words": _own_words(learner),
        "consents": Consent.objects.of(learner).order_by("-given_at")[:latest],
        "requests": told(DataRequest.objects.of(learner).order_by("-asked_at")[:latest]),
        "looks": _by_name(looks[:latest], learner),
    }


def _own_words(learner):
    """What the learner wrote: (lesson, question, words)."""
    progress = list(LessonProgress.objects.of(learner).order_by("started_at"))
    lessons = {page.key: page for page in LessonPage.objects.filter(key__in=[row.lesson for row in progress])}
    found = []
    for row in progress:
        for block in lessons[row.lesson].body.raw_data if row.lesson in lessons else ():
            words = row.answers.get(block.get("id"), {}).get("answer")
            if block["type"] == "reflection" and isinstance(words, str):
                found.append((lessons[row.lesson].heading, block["value"]["question"], words))
    return found


def _by_name(entries, learner):
    entries = list(entries)
    names = dict(User.objects.filter(pk__in={entry.actor for entry in entries}).values_list("pk", "name"))
    for entry in entries:
        entry.reason = opened.told(entry.detail)
        if entry.actor is None:
            entry.who = _("The program itself")
        elif entry.actor == learner.pk:
            entry.who = _("Yourself")
        else:
            entry.who = names.get(entry.actor, _("Somebody who is no longer here"))
    return entries
