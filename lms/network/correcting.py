"""Putting right what is kept about a person; by themselves, or by the caretaker beside them."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import User
from lms.centres.audit import Action, note
from lms.centres.forms import NameField, PlainForm
from lms.centres.models import HomeCentre, Subdistrict

OF_PERSON = ["name", "family_name", "age_band", "language"]
MINORS = {User.AgeBand.CHILD: "child", User.AgeBand.YOUTH: "youth"}  # others are of age; PDPA s.20


class CorrectionForm(PlainForm):
    """What can be put right. Of several places to live, those of the centre's province are offered."""

    name = NameField(label=_("Name to call"), max_length=60)
    family_name = NameField(label=_("Family name or house"), max_length=60, required=False)
    age_band = forms.ChoiceField(label=_("Age"), choices=User.AgeBand, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language, widget=forms.RadioSelect)
    subdistrict = forms.ModelChoiceField(None, label=_("Subdistrict"), required=False, empty_label=_("Not told"))

    def __init__(self, data=None, *, learner, alone):
        home = learner.home
        known = {name: getattr(learner, name) for name in OF_PERSON} | {"subdistrict": home.subdistrict_id}
        super().__init__(data, initial=known)
        for name in ("name", "family_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        near = Subdistrict.objects.filter(district__province=home.centre.province_code)
        near |= Subdistrict.objects.filter(pk=home.subdistrict_id)
        self.fields["subdistrict"].queryset = near.order_by("name_th", "code").select_related("district")
        self.fields["subdistrict"].label_from_instance = lambda each: f"{each} · {each.district}"
        if alone:
            self._keep_the_laws_limits(learner)

    def _keep_the_laws_limits(self, learner):
        """Whether one is ten or under, or under 20, decides whom the law asks: nobody says so for themselves."""
        own = MINORS.get(learner.age_band, "of age" if learner.age_band else None)
        offered = [band for band in User.AgeBand.choices if MINORS.get(band[0], "of age") == own]
        if len(offered) < 2:
            del self.fields["age_band"]
        else:
            self.fields["age_band"].choices = offered


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
    if home.subdistrict != changes["subdistrict"]:
        home.subdistrict = changes["subdistrict"]
        home.save(update_fields=["subdistrict"])
        corrected.append("subdistrict")
    if corrected:
        note(by, Action.CORRECTED, person.pk, home.centre_id, ", ".join(corrected))
    return corrected
