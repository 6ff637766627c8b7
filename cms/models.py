"""Pages that are not lessons: the root of the site, and plain pages such as the data notice."""

from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Collection, Page

from cms.blocks import ContentBlock


class HomePage(Page):
    """The root of the site in the studio's tree. `/` itself is drawn by courses.views.home."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    promote_panels = []
    preview_modes = []
    private_page_options = []

    class Meta:
        verbose_name = _("home page")


class StandardPage(Page):
    """A page of plain words: the data notice, how to use the centre, contact."""

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    body = StreamField(ContentBlock(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("title_en"), FieldPanel("body")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("plain page")

    @property
    def heading(self):
        """The title in the reader's language."""
        return (self.title_en if get_language() == "en" else self.title) or self.title


@register_setting(icon="openquote")
class NoticeSettings(BaseGenericSetting):
    """What the ministry adds to the data notice; its words are a template, as each receipt names their version."""

    recording_th = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the notice read aloud in Thai"),
        help_text=_("A sound file of about a minute, such as MP3."),
    )
    recording_en = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the notice read aloud in English"),
    )
    contact = models.TextField(
        _("contact of the data protection officer"),
        max_length=500,
        blank=True,
        help_text=_("Name of the office, telephone, e-mail. Shown on the notice."),
    )

    class Meta:
        verbose_name = _("data notice")


@register_setting(icon="clipboard-list")
class CertificateSettings(BaseGenericSetting):
    """Who gives the certificates, and who signs them; empty lines are not printed."""

    issuer = models.CharField(
        _("who gives the certificates"),
        max_length=200,
        blank=True,
        help_text=_("In Thai, as it is to be printed. Left empty, it is the learner's centre."),
    )
    signatory_name = models.CharField(_("who signs"), max_length=100, blank=True)
    signatory_title = models.CharField(_("as what"), max_length=100, blank=True)
    second_name = models.CharField(_("who signs beside them"), max_length=100, blank=True)
    second_title = models.CharField(_("as what"), max_length=100, blank=True)

    panels = [
        FieldPanel("issuer"),
        FieldRowPanel([FieldPanel("signatory_name"), FieldPanel("signatory_title")]),
        FieldRowPanel([FieldPanel("second_name"), FieldPanel("second_title")]),
    ]

    class Meta:
        verbose_name = _("certificates")

    @property
    def signatories(self):
        """Those who are named, as they stand on the sheet."""
        both = (self.signatory_name, self.signatory_title), (self.second_name, self.second_title)
        return [{"name": name, "title": title} for name, title in both if name]


class CentreFilesManager(models.Manager):
    @transaction.atomic
    def collection_of(self, centre):
        """The collection for a centre's pictures and files, made when it is first asked for; None is the nation."""
        if centre is None:
            return Collection.get_first_root_node()
        own = self.filter(centre=centre).select_related("collection").first()
        if own is None:
            root = Collection.get_first_root_node()
            # Two who ask at once wait for one another here: a tree's nodes are numbered by their parent.
            Collection.objects.select_for_update().get(pk=root.pk)
            own = self.filter(centre=centre).select_related("collection").first() or self.create(
                centre=centre, collection=root.add_child(name=centre.code)
            )
        return own.collection


class CentreFiles(models.Model):
    """Which of Wagtail's collections holds a centre's files; whatever is in none of these is the nation's."""

    centre = models.OneToOneField("centres.Centre", models.PROTECT, related_name="files")
    collection = models.OneToOneField("wagtailcore.Collection", models.PROTECT, related_name="centre_files")

    objects = CentreFilesManager()

    def __str__(self):
        return str(self.centre)
