"""What other centres offer, and taking it into one's own course."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from courses.authoring import rights
from courses.authoring.review.offering import adopt, adopted_by, offered_to
from courses.authoring.studio.pages import page
from courses.models import CoursePage, with_courses
from courses.readers import reader_of
from courses.rendering import draw_each
from courses.views.lesson import Place, frame

ON_A_PAGE = 20


class AdoptForm(forms.Form):
    """For which of one's centres, and after which of the nation's courses it is to be shown."""

    centre = forms.ModelChoiceField(None, label=gettext_lazy("For the centre"), empty_label=None)
    placed_after = forms.ModelChoiceField(
        None,
        label=gettext_lazy("shown after the lessons of"),
        required=False,
        empty_label=gettext_lazy("no other course"),
        help_text=gettext_lazy(
            "A course of the nation's, for learners of this centre. The course itself is not changed."
        ),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["centre"].queryset = rights.written_for(user).order_by("pk")
        self.fields["placed_after"].queryset = CoursePage.objects.live().filter(centre=None).order_by("path")


@require_safe
def offered(request):
    centre = _first_centre(request.user)
    shown = Paginator(offered_to(request.user).defer("body").select_related("picture"), ON_A_PAGE)
    shown = shown.get_page(request.GET.get("page"))
    own = adopted_by(centre)
    rows = [(lesson, own.get(lesson.pk)) for lesson in with_courses(shown.object_list)]
    return page(request, "authoring/review/offered.html", {"page": shown, "rows": rows})


@require_safe
def offered_lesson(request, key):
    _first_centre(request.user)
    return _page(request, get_object_or_404(offered_to(request.user), key=key), AdoptForm(request.user))


@require_POST
def adopted(request, key):
    _first_centre(request.user)
    lesson = get_object_or_404(offered_to(request.user), key=key)
    form = AdoptForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, lesson, form, status=400)
    chosen = form.cleaned_data
    adopt(lesson, chosen["centre"], request.user, chosen["placed_after"])
    messages.success(request, _("Taken. Your learners see it now, with the name of whose knowledge it is."))
    return redirect("offered")


def _first_centre(user):
    """A centre that one writes for; whoever writes for none has nothing to do here."""
    centre = rights.written_for(user).order_by("pk").first()
    if centre is None:
        raise Http404
    return centre


def _page(request, lesson, form, status=200):
    place = Place(lesson.course, [lesson], lesson)
    drawn = draw_each(lesson, frame(request, reader_of(request), place, is_preview=True))
    context = {"lesson": lesson, "course": lesson.course, "drawn": drawn.values(), "form": form}
    return page(request, "authoring/review/offered_lesson.html", context, status=status)
