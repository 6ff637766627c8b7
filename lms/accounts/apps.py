from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "lms.accounts"
    label = "accounts"
    verbose_name = _("People")
    default = True


class StudioUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, made to fit a person who has one name to call and may lack the other."""

    user_viewset = "lms.accounts.studio.StaffViewSet"

    def ready(self):
        from django.contrib.auth.models import Group
        from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel
        from wagtail.permissions import register_permission_policy

        from lms.accounts.models import User
        from lms.accounts.studio import NameForm, SuperusersOnly

        register_permission_policy(User, SuperusersOnly(User, actions={"add", "change"}))
        register_permission_policy(Group, SuperusersOnly(Group))
        NameEmailSettingsPanel.form_class = NameForm
        AvatarSettingsPanel.is_active = lambda panel: False  # no picture of anybody is kept
