"""A colleague or core member has lost the phone: an officer who knows them takes the second factor away."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.centres.forms import PlainForm, typed
from lms.centres.second_factors import Known, reset
from lms.network.ministry.access import ministry_only


class ResetForm(PlainForm):
    username = forms.CharField(
        label=gettext_lazy("Their user name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    known = forms.ChoiceField(
        label=gettext_lazy("How do you know that it is them who ask?"), choices=Known, widget=forms.RadioSelect
    )


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_only
def second_factors(request):
    form = ResetForm(typed(request))
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        if reset(asked["username"], request.user, asked["known"]):
            messages.success(
                request, _("Done. They are signed out everywhere, and set up another phone when they sign in.")
            )
            return redirect("ministry:second_factors")
        form.add_error("username", _("Nobody whom you may help has this user name and a second factor."))
    context = {"section": "ministry", "tab": "people", "form": form}
    return render(request, "ministry/second_factors.html", context, status=400 if form.errors else 200)
