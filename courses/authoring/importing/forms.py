"""What is asked of whoever sends a file: the file, and where its lessons go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring import rights
from courses.authoring.importing import limits
from courses.authoring.importing.kinds import ENDINGS
from courses.authoring.importing.words import PROBLEMS
from courses.models import CoursePage, LessonImport
from lms.centres.models import Centre


class Centres(forms.ModelChoiceField):
    def label_from_instance(self, centre):
        return centre.name


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose a file first.")}
    )
    centre = Centres(Centre.objects.none(), label=_("Centre"))
    course = forms.ModelChoiceField(
        CoursePage.objects.none(),
        label=_("Into which course"),
        required=False,
        empty_label=_("The centre's first course of its own"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.centres = rights.written_for(user)
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)
        self.fields["centre"].queryset = self.centres
        own = CoursePage.objects.filter(centre__in=self.centres.order_by().values("pk"))
        self.fields["course"].queryset = own.order_by("title")
        only = list(self.centres[:2])
        if len(only) == 1:
            self.fields["centre"].widget = forms.HiddenInput()
            self.fields["centre"].initial = only[0]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > limits.FILE:
            raise forms.ValidationError(too_large())
        if not file.size:
            raise forms.ValidationError(PROBLEMS["empty"])
        return file

    def clean(self):
        """A course says which centre; and one file at a time, as each may take a minute."""
        values = super().clean()
        if course := values.get("course"):
            values["centre"] = course.centre
        check_none_waits(self.user)
        return values

    def save(self):
        values = self.cleaned_data
        return LessonImport.objects.create(
            centre=values["centre"],
            course=values.get("course"),
            made_by=self.user,
            file=values["file"],
            file_name=values["file"].name[-200:].replace("\0", ""),
        )


def check_none_waits(user):
    """One file of a person at a time."""
    if LessonImport.objects.unfinished().filter(made_by=user).exists():
        raise forms.ValidationError(_("Your last file is still being read. Wait until it is done."))


def too_large():
    return PROBLEMS["file_too_large"] % {"megabytes": limits.FILE // limits.MB}
