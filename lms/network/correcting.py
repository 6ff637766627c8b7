"""Putting right what is kept about a person; by themselves, or by the caretaker beside them."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses import certificates
from lms.accounts.models import User
from lms.centres.audit import Action, note
from lms.centres.consents import guardians_consent
from lms.centres.forms import NameField, PlainForm
from lms.centres.models import HomeCentre, Subdistrict
from lms.centres.subdistricts import offered, typed_code

OF_PERSON = ["name", "family_name", "age_band", "language"]
MINORS = {User.AgeBand.CHILD: "child", User.AgeBand.YOUTH: "youth"}  # others are of age; PDPA s.20


class CorrectionForm(PlainForm):
    """What can be put right. `alone` is whoever does it for themselves."""

    name = NameField(label=_("Name to call"), max_length=60)
    family_name = NameField(label=_("Family name or house"), max_length=60, required=False)
    age_band = forms.ChoiceField(label=_("Age"), choices=User.AgeBand, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language, widget=forms.RadioSelect)
    subdistrict = forms.ModelChoiceField(
        Subdistrict.objects.all(),
        label=_("Subdistrict"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these subdistricts.")},
    )

    def __init__(self, data=None, *, learner, alone):
        home = learner.home
        known = {name: getattr(learner, name) for name in OF_PERSON} | {"subdistrict": home.subdistrict_id}
        super().__init__(data, initial=known)
        for name in ("name", "family_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.centre = home.centre
        if alone:
            self._keep_the_laws_limits(learner)

    def places(self, words):
        """What centres/_places.html takes."""
        return offered(self.centre, words, typed_code(self["subdistrict"].value()), may_be_untold=True)

    def _keep_the_laws_limits(self, learner):
        """Whether one is ten or under, or under 20, decides whom the law asks: nobody says so for themselves."""
        own = MINORS.get(learner.age_band, "of age" if learner.age_band else None)
        offered = [band for band in User.AgeBand.choices if MINORS.get(band[0], "of age") == own]
        if len(offered) < 2:
            del self.fields["age_band"]
        else:
            self.fields["age_band"].choices = offered


def what_it_changes(learner, band):
    """What another age means for the papers of those under 20 (PDPA s.20); nothing, where it means nothing."""
    before, after = MINORS.get(learner.age_band), MINORS.get(band)
    if before == after:
        return ""
    if after is None:
        return _("They are 20 or older now. They say themselves what they allow, and nobody says it for them.")
    if guardians_consent(learner):
        return _("The guardian's yes that is written down goes on. Ask whether it still holds.")
    if after == "child":
        return _("A child of ten or under learns only when a guardian has said yes. Until then they cannot sign in.")
    return _("Under 20 a guardian's yes is needed. They may learn meanwhile; give them the paper to take home.")


@transaction.atomic
def correct(learner, changes, by):
    """Keep what is right. The log says which things were corrected, and not what they were."""
    home = HomeCentre.objects.select_for_update().get(learner_id=learner.pk)
    person = User.objects.select_for_update().get(pk=learner.pk)
    corrected = [name for name in OF_PERSON if name in changes and getattr(person, name) != changes[name]]
    for name in corrected:
        setattr(person, name, changes[name])
    if corrected:
        person.save(update_fields=corrected)
    if {"name", "family_name"} & set(corrected):
        certificates.rename(person)
    if home.subdistrict != changes["subdistrict"]:
        home.subdistrict = changes["subdistrict"]
        home.save(update_fields=["subdistrict"])
        corrected.append("subdistrict")
    if by.pk != person.pk and "age_band" in changes:
        HomeCentre.objects.filter(pk=home.pk).update(age_checked_on=timezone.localdate())
    if corrected:
        note(by, Action.CORRECTED, person.pk, home.centre_id, ", ".join(corrected))
    return corrected
