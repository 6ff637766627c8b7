"""The studio's screens of centres and of who works for them. For superusers only."""

from functools import wraps

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ViewSetGroup
from wagtail.admin.widgets import BaseChooser

from lms.accounts import thai
from lms.accounts.models import User
from lms.centres.models import (
    Appointment,
    Centre,
    Membership,
    MinistryPost,
    Programme,
    ProgrammeMembership,
    Region,
    Subdistrict,
)

DATES = FieldRowPanel([FieldPanel("started_on"), FieldPanel("ended_on")])


class JoinedIndexView(IndexView):
    """A list that fetches what its rows point to in the same query."""

    def get_base_queryset(self):
        relations = [field.name for field in self.model._meta.concrete_fields if field.many_to_one]
        return super().get_base_queryset().select_related(*relations)


class Screens(ModelViewSet):
    index_view_class = JoinedIndexView
    add_to_reference_index = False
    copy_view_enabled = False


class CentreScreens(Screens):
    model = Centre
    icon = "home"
    list_display = ["code", "name", "subdistrict", "host_kind", "status"]
    list_filter = ["status", "host_kind"]
    search_fields = ["code", "name_th", "name_en"]
    panels = [
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("name_th"), FieldPanel("name_en")]),
        FieldPanel("subdistrict"),
        FieldRowPanel([FieldPanel("host_kind"), FieldPanel("opened_on")]),
        FieldRowPanel([FieldPanel("line"), FieldPanel("seats")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("status_reason")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]


class MembershipScreens(Screens):
    model = Membership
    icon = "user"
    list_display = ["user", "centre", "role", "started_on", "ended_on"]
    list_filter = ["role"]
    search_fields = ["user__search_text", "user__username", "centre__code", "centre__name_th"]
    panels = [FieldPanel("user"), FieldPanel("centre"), FieldPanel("role"), DATES]


class AppointmentForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(region_set__is_current=True)

    def clean(self):
        """The centres lie in the region: a core member answers for one of the four."""
        cleaned = super().clean()
        region, centres = cleaned.get("region"), cleaned.get("centres")
        if region and centres:
            elsewhere = centres.exclude(subdistrict__district__province__regions=region)
            if names := ", ".join(centre.name for centre in elsewhere[:5]):
                self.add_error("centres", _("Not in this region: %s") % names)
        return cleaned


class AppointmentScreens(Screens):
    model = Appointment
    icon = "group"
    list_display = ["user", "region", "started_on", "ended_on"]
    list_filter = ["region"]
    search_fields = ["user__search_text", "user__username"]
    panels = [FieldPanel("user"), FieldPanel("region"), FieldPanel("centres"), DATES]

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = AppointmentForm
        return handler


class MinistryPostScreens(Screens):
    model = MinistryPost
    icon = "site"
    list_display = ["user", "edits_courses", "started_on", "ended_on"]
    search_fields = ["user__search_text", "user__username"]
    panels = [FieldPanel("user"), FieldPanel("edits_courses"), DATES]


class ProgrammeScreens(Screens):
    model = Programme
    icon = "clipboard-list"
    list_display = ["code", "name"]
    search_fields = ["code", "name_th", "name_en"]
    panels = [FieldPanel("code"), FieldRowPanel([FieldPanel("name_th"), FieldPanel("name_en")])]


class ProgrammeMembershipScreens(Screens):
    model = ProgrammeMembership
    icon = "date"
    list_display = ["centre", "programme", "started_on", "ended_on"]
    list_filter = ["programme"]
    search_fields = ["centre__code", "centre__name_th"]
    panels = [FieldPanel("centre"), FieldPanel("programme"), DATES]


class CentresGroup(ViewSetGroup):
    menu_label = _("Centres")
    menu_icon = "home"
    menu_order = 250
    items = [
        CentreScreens("centres"),
        MembershipScreens("memberships"),
        AppointmentScreens("core-members"),
        MinistryPostScreens("ministry-posts"),
        ProgrammeScreens("programmes"),
        ProgrammeMembershipScreens("programme-memberships"),
    ]


def superusers_only(view):
    """Wagtail lets everybody in the studio choose from any list; these hold people's names."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except (ValidationError, ValueError) as error:  # an id that is none
            raise Http404 from error

    return guarded


class FinderForm(BaseFilterForm):
    """Looks for every word typed, anywhere in any of `fields`."""

    fields_searched = []
    q = forms.CharField(label=_("Search"), required=False)

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = thai.search_text(self.cleaned_data.get("q", ""))
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            found = Q()
            for field in self.fields_searched:
                found |= Q(**{f"{field}__icontains": word})
            objects = objects.filter(found)
        return objects


class FoundWidget(BaseChooser):
    """What was found, in the form; empty where a form was sent with an id that is none."""

    def get_instance(self, value):
        if "\0" in str(value):
            return None  # PostgreSQL will not even look for it
        try:
            return super().get_instance(value)
        except (ValidationError, ValueError):
            return None


class Finder(ChooserViewSet):
    """A window in which to find one row among thousands."""

    base_widget_class = FoundWidget
    fields_searched = []

    def get_common_view_kwargs(self, **kwargs):
        form = type("Form", (FinderForm,), {"fields_searched": self.fields_searched})
        return super().get_common_view_kwargs(filter_form_class=form, **kwargs)

    def construct_view(self, view_class, **kwargs):
        return superusers_only(super().construct_view(view_class, **kwargs))


class PersonFinder(Finder):
    model = User
    icon = "user"
    fields_searched = ["search_text", "username"]


class CentreFinder(Finder):
    model = Centre
    icon = "home"
    fields_searched = ["code", "name_th", "name_en"]


class SubdistrictFinder(Finder):
    model = Subdistrict
    icon = "site"
    fields_searched = ["code", "name_th", "name_en", "district__name_th", "district__name_en"]
