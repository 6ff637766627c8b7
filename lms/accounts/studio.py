"""Staff in the studio. Learners are not listed here: the caretaker's desk is their place."""

from django import forms
from django.contrib.auth import get_user_model
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from lms.accounts.models import User

NAME_FIELDS = ["name", "family_name", "language"]
STAFF_FIELDS = ["username", *NAME_FIELDS, "email", "is_superuser", "groups"]
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class SuperusersOnly(BasePermissionPolicy):
    """Nobody else may so much as see the list, whatever groups they are in."""

    def __init__(self, model, actions=frozenset({"add", "change", "delete"})):
        super().__init__(model)
        self.actions = actions | {"view"}

    def user_has_permission(self, user, action):
        return user.is_active and user.is_superuser and action in self.actions

    def users_with_any_permission(self, actions):
        superusers = get_user_model().objects.filter(is_active=True, is_superuser=True)
        return superusers if self.actions & set(actions) else superusers.none()


class NameForm(forms.ModelForm):
    """One's own name, on the studio's page about oneself."""

    class Meta:
        model = User
        fields = NAME_FIELDS


class StaffFields(forms.ModelForm):
    first_name = last_name = email = None  # Wagtail's own, which it requires

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A learner has no user name, and must not be given a password by mistake.
        self.fields["username"].required = True


class NewStaffForm(StaffFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = STAFF_FIELDS
        widgets = WIDGETS


class StaffForm(StaffFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = [*STAFF_FIELDS, "is_active"]
        widgets = WIDGETS


class StaffIndexView(IndexView):
    search_fields = ["username", "search_text", "email"]

    @property
    def columns(self):
        """Without boxes to tick: "all in this list" would reach learners too."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_base_queryset(self):
        return super().get_base_queryset().filter(username__isnull=False)


class StaffEditView(EditView):
    def setup(self, *args, **kwargs):
        """Without the button to delete, which Wagtail shows to every superuser."""
        super().setup(*args, **kwargs)
        self.can_delete = False


class StaffViewSet(UserViewSet):
    index_view_class = StaffIndexView
    edit_view_class = StaffEditView
    create_template_name = "accounts/studio/create.html"
    edit_template_name = "accounts/studio/edit.html"

    def get_form_class(self, for_update=False):
        return StaffForm if for_update else NewStaffForm
