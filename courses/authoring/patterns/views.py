"""เขียนบทใหม่: choose a pattern, answer its questions, look at the lesson, and ask two questions."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from courses.authoring import rights
from courses.authoring.access import changed_lesson, locked_by_others
from courses.authoring.checks import minutes
from courses.authoring.drafts import make_draft, newest_draft, put_block
from courses.authoring.pages import for_authors
from courses.authoring.patterns.form import PatternForm
from courses.authoring.patterns.kinds import PATTERNS
from courses.authoring.patterns.questions import ChoiceForm, TrueFalseForm
from courses.authoring.studio.pages import Places, page
from courses.models import LessonPage


@require_safe
@for_authors
def choose(request):
    """Which pattern; before it for which course, where there are several."""
    places, place = Places(request.user), request.GET.get("place")
    if not places.choices:
        raise Http404  # who only reviews
    name = places.name_of(place) if places.is_asked else None
    if places.is_asked and not name:
        return page(request, "authoring/patterns/places.html", {"tab": "new", "places": places.choices})
    context = {"tab": "new", "patterns": PATTERNS.values(), "place": name and place, "place_name": name}
    return page(request, "authoring/patterns/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def new_lesson(request, pattern):
    pattern, places = PATTERNS.get(pattern), Places(request.user)
    if pattern is None or not places.choices:
        raise Http404
    sent, place = (request.POST, request.FILES) if request.method == "POST" else (), request.GET.get("place")
    if not sent and places.is_asked and not places.name_of(place):
        return redirect("studio_new")
    form = PatternForm(pattern, places, request.user, *sent, initial={"place": place})
    if sent and form.is_valid():
        lesson = _made_before(form, request.user) or _draft(form, places, request.user)
        return redirect(reverse("studio_lesson", args=[lesson.key]) + f"?made={pattern.slug}")
    status = 400 if sent else 200
    return page(request, "authoring/patterns/form.html", {"tab": "new", "pattern": pattern, "form": form}, status)


def _made_before(form, user):
    """The lesson that this very form made when it was sent the first time: on a slow line one presses twice."""
    return rights.lessons_changed_by(user).filter(key=form.cleaned_data["key"]).first()


@transaction.atomic
def _draft(form, places, user):
    blocks = form.blocks()
    body = LessonPage.body.field.stream_block.to_python(blocks)
    return make_draft(places.course(form.place), user, body=blocks, minutes=minutes(body), **form.fields_of_lesson())


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def questions(request, key):
    """One or two questions at the lesson's end."""
    lesson = changed_lesson(request.user, key)
    data = request.POST if request.method == "POST" else None
    forms = TrueFalseForm(data, prefix="tf"), ChoiceForm(data, prefix="choice")
    begun = [form for form in forms if data is not None and form.is_begun]
    locked, keeps = locked_by_others(lesson, request.user), f"questions-{lesson.key}"
    if begun and not locked and not [form for form in begun if not form.is_valid()]:
        add_blocks(lesson, request.user, [form.block() for form in begun])
        return redirect(reverse("studio_lesson", args=[lesson.key]) + f"?made={keeps}")
    context = {
        "tab": "lessons",
        "lesson": lesson,
        "true_false": forms[0],
        "choice": forms[1],
        "keeps": keeps,
        "locked": locked,
        "nothing": data is not None and not begun,
        "has_errors": any(form.errors for form in begun),
    }
    return page(request, "authoring/patterns/questions.html", context, 200 if data is None else 400)


def add_blocks(lesson, user, blocks):
    """Put parts at the end of the newest draft."""
    with newest_draft(lesson, user) as draft:
        for block in blocks:
            put_block(draft, block["type"], block["value"], block["id"])
        draft.minutes = minutes(draft.body)
