"""What the studio's menu offers besides Wagtail's own: one line a part."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from courses.authoring import rights


class For(MenuItem):
    """Shown to those of whom `who` is true."""

    def __init__(self, label, url_name, who, **kwargs):
        super().__init__(label, reverse(url_name), **kwargs)
        self.who = who

    def is_shown(self, request):
        return self.who(request.user)


def items():
    return [
        For(_("Our lessons"), "wagtailadmin_home", rights.may_enter, icon_name="sala-book", order=10),
        For(_("Write a lesson"), "studio_new", rights.is_author, icon_name="sala-pen", order=20),
        For(_("Wait to be looked at"), "reviews", rights.may_enter, icon_name="history", order=30),
        For(_("Facts to confirm"), "facts_to_confirm", rights.edits_national, icon_name="calendar-check", order=150),
        For(_("How to write"), "studio_help", rights.may_enter, icon_name="help", order=900),
        For(_("Take over files"), "lesson_imports", rights.is_author_of_a_centre, icon_name="upload", order=140),
        For(_("Bank of questions"), "bank_questions", rights.may_enter, icon_name="help", order=140),
        For(_("Courses as files"), "course_files", rights.is_author, icon_name="download", order=145),
    ]
