"""Making and ending tokens on a page: a caretaker's for their centre, an officer's for counts."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.ids import uuid7
from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS, READ_PROGRESS, WRITE_EVENTS
from lms.centres.audit import Action, note
from lms.network.desk.forms import NameField, PlainForm

SCOPES = {
    READ_PROGRESS: gettext_lazy("Read who learns and how far they got"),
    WRITE_EVENTS: gettext_lazy("Send in what was learned"),
    READ_COUNTS: gettext_lazy("Read the counts, without names"),
}
LONGEST, USUAL = 365, 90  # days
SHOWN_AGAIN = timedelta(minutes=1)  # to whoever pressed twice
ENDED_SHOWN = 20


class TokenForm(PlainForm):
    """What a token is for and how long. `form` is made with the empty form: sending it twice makes one token."""

    form = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=gettext_lazy("Name of the program"), max_length=80, help_text=gettext_lazy("So that you know it again")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    days = forms.IntegerField(label=gettext_lazy("For how many days?"), min_value=1, max_value=LONGEST)

    def __init__(self, data=None, *, scopes):
        super().__init__(data, initial={"form": uuid7(), "days": USUAL, "scopes": scopes[:1]})
        self.fields["scopes"].choices = [(scope, SCOPES[scope]) for scope in scopes]
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["days"].help_text = _("1 to %(longest)d days") % {"longest": LONGEST}
        self.fields["days"].widget.attrs["inputmode"] = "numeric"

    def make(self, user, centre=None):
        """The new token's text; None where the form was used before."""
        asked = self.cleaned_data
        until = timezone.now() + timedelta(days=asked["days"])
        code = centre.code if centre else ""
        try:
            with transaction.atomic():
                token, text = ApiToken.objects.make(
                    user, asked["name"], until, asked["scopes"], code, form=asked["form"]
                )
                note(user, Action.TOKEN_MADE, centre=centre, detail=f"token {token.pk}: {token.scopes}")
        except IntegrityError:
            return self._made_just_now(user)
        return text

    def _made_just_now(self, user):
        text = ApiToken.objects.text_of(user, self.cleaned_data["form"])
        token = ApiToken.objects.of_text(text)
        if token and token.is_usable(timezone.now()) and timezone.now() - token.created_at < SHOWN_AGAIN:
            return text
        self.add_error(None, _("This form was used already. Open the page again to make another token."))
        return None


def answer(request, tokens, scopes, centre=None, **context):
    """The page: the tokens there are, a form for another, and after it was sent the new one's text, this once."""
    form, text, status = TokenForm(scopes=scopes), None, 200
    if request.method == "POST":
        sent = TokenForm(request.POST, scopes=scopes)
        text = sent.make(request.user, centre) if sent.is_valid() else None
        form, status = (form, 200) if text else (sent, 400)
    listed = list(tokens.select_related("user").order_by("-created_at", "-pk"))
    for token in listed:
        token.may_do = [SCOPES[scope] for scope in token.scopes.split() if scope in SCOPES]
    now = timezone.now()
    context |= {
        "centre": centre,
        "form": form,
        "text": text,
        "holding": [token for token in listed if token.is_usable(now)],
        "ended": [token for token in listed if not token.is_usable(now)][:ENDED_SHOWN],
    }
    return render(request, "network/tokens.html", context, status=status)


def revoke(request, tokens, pk, centre=None):
    """From now on this token opens nothing."""
    token = get_object_or_404(tokens, pk=pk)
    with transaction.atomic():
        if tokens.filter(pk=pk).revoke():
            note(request.user, Action.TOKEN_REVOKED, centre=centre, detail=f"token {token.pk}")
    messages.success(request, _("%(name)s can no longer read or send anything.") % {"name": token.name})


def take_over(request, tokens, pk, centre):
    """Let a token of somebody who left go on in this person's name."""
    token = get_object_or_404(tokens, pk=pk)
    with transaction.atomic():
        token.hand_to(request.user)
        note(request.user, Action.TOKEN_MADE, centre=centre, detail=f"token {token.pk}: taken over")
    messages.success(request, _("%(name)s goes on in your name.") % {"name": token.name})
