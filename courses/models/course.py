"""Courses and lessons as their authors write them and their learners read them."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet

from courses.blocks import LessonBlock
from courses.forms import LearnableForm, LessonForm, ReadingsPanel
from courses.models.lesson_words import LessonWords
from lms.accounts import thai
from lms.centres.models import Centre


def _in_english():
    return (get_language() or "th").startswith("en")


def rights_to(page, user):
    """What somebody may do with a page of ours; Wagtail's own answer would look through all that they may do."""
    from courses.authoring.policy import Tester  # which asks the models for it

    return Tester(user, page)


@register_snippet
class Topic(models.Model):
    """What a course is about, for the shelves of the catalogue."""

    slug = models.SlugField(primary_key=True)
    title_th = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    panels = [FieldPanel("title_th"), FieldPanel("title_en"), FieldPanel("position")]

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.title

    @property
    def title(self):
        return self.title_en if _in_english() else self.title_th


class CataloguePage(Page):
    """The shelf that all courses stand on; drawn by courses.views."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.CoursePage"]
    promote_panels = []  # its address is fixed in courses.urls
    preview_modes = []
    private_page_options = []

    class Meta:
        verbose_name = _("catalogue")

    def permissions_for_user(self, user):
        return rights_to(self, user)


class Learnable(Page):
    """What courses and lessons share: a key that is the same everywhere, and an English title."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    picture = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what it shows"), max_length=200, blank=True)

    base_form_class = LearnableForm
    exclude_fields_in_copy = ["key"]  # a copy is another course or lesson
    kept_by_the_page = ("key",)  # a draft never brings these back as they were
    private_page_options = []  # who may read it follows from its centre

    class Meta:
        abstract = True

    @property
    def heading(self):
        """The title in the reader's language."""
        return (self.title_en if _in_english() else self.title) or self.title

    def permissions_for_user(self, user):
        return rights_to(self, user)

    def _set_core_field_defaults(self):
        """A Thai title makes no address by itself; the English one or the key does."""
        if not self.slug:
            self.slug = (
                f"{slugify(self.title_en)[:60] or self._meta.model_name.removesuffix('page')}-{str(self.key)[:8]}"
            )
        super()._set_core_field_defaults()

    def with_content_json(self, content):
        """A draft, or for an adopted lesson its source, put on this page; what is the page's own stays."""
        page = super().with_content_json(content)
        for name in self.kept_by_the_page:
            setattr(page, name, getattr(self, name))
        return page

    def clean(self):
        super().clean()
        if self.picture_id and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Say what the picture shows, for those who cannot see it.")})


# A plain panel: Wagtail's own one fills in the address from the title, which Learnable does for Thai titles.
TITLE_PANEL = FieldPanel("title", classname="title", help_text=_("What learners read first. Short and plain."))
LEARNABLE_PANELS = [
    TITLE_PANEL,
    FieldPanel("title_en"),
    FieldPanel("minutes"),
    FieldRowPanel([FieldPanel("picture"), FieldPanel("picture_alt")]),
]


# The first is what the studio shows beside the text.
PREVIEW_SIZES = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("As on a phone")},
    {"name": "pc", "icon": "desktop", "device_width": 1280, "label": _("As on a PC")},
]


class CourseQuerySet(PageQuerySet):
    def offered_at(self, centre_id):
        """Live courses: the nation's, and the centre's own."""
        return self.live().filter(Q(centre=None) | Q(centre_id=centre_id))

    def visible_to(self, user):
        """Live courses: the nation's, and those of the centres that this person may see."""
        return self.live().filter(
            Q(centre=None) | Q(centre__in=Centre.objects.visible_to(user).order_by().values("pk"))
        )

    def about(self, words):
        """Those in which every word is found, in Thai or English, anywhere inside a phrase: of their lessons too."""
        found = self
        for word in thai.search_text(words).split():
            said = LessonWords.objects.filter(course=OuterRef("key"), text__contains=word)
            found = found.filter(Q(search_text__contains=word) | Exists(said))
        return found


class CoursePage(Learnable):
    """A course. National courses belong to no centre, local ones to one."""

    class Level(models.TextChoices):
        BEGINNER = "beginner", _("to begin with")
        INTERMEDIATE = "intermediate", _("to go on with")

    centre = models.ForeignKey("centres.Centre", models.PROTECT, null=True, blank=True, related_name="courses")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="courses", verbose_name=_("topic"))
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BEGINNER)
    summary = models.TextField(_("summary"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    outcomes = StreamField(
        [("outcome", blocks.CharBlock(max_length=300))], blank=True, verbose_name=_("what one can do afterwards")
    )
    group_activity = models.JSONField(null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = PageManager.from_queryset(CourseQuerySet)()

    content_panels = [
        *LEARNABLE_PANELS,
        FieldPanel("topic", widget=forms.Select),  # a few, so that nobody needs a window to choose from
        FieldPanel("level"),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("summary_en")]),
        FieldPanel("outcomes"),
    ]
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.LessonPage"]
    preview_modes = []

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @property
    def summary_text(self):
        """The summary in the reader's language."""
        return (self.summary_en if _in_english() else self.summary) or self.summary

    def lessons(self):
        """The live lessons in their order."""
        return LessonPage.objects.child_of(self).live().order_by("path")

    def save(self, *args, **kwargs):
        outcomes = " ".join(str(block.value) for block in self.outcomes)
        self.search_text = thai.search_text(
            self.title, self.title_en, self.summary, self.summary_en, outcomes, self.topic.title_th
        )
        return super().save(*args, **kwargs)


class LessonQuerySet(PageQuerySet):
    def in_courses(self, courses):
        """The lessons of some courses (a queryset): a page's path is its parent's and four letters more."""
        parent = Substr("path", 1, Length("path") - LessonPage.steplen)
        return self.alias(parent_path=parent).filter(parent_path__in=courses.order_by().values("path"))

    def placed_after(self, courses, centre_id):
        """Live lessons of a centre's own live courses that it shows after some of the nation's, in their order."""
        own = CoursePage.objects.live().filter(centre=centre_id)
        return self.live().filter(placed_after__in=courses).in_courses(own).order_by("path")


def with_courses(lessons):
    """[lesson], each knowing its course, and this its centre: one query for all, none where there is no lesson."""
    lessons = list(lessons)
    paths = {lesson.path[: -lesson.steplen] for lesson in lessons}
    courses = CoursePage.objects.filter(path__in=paths).select_related("centre") if paths else ()
    courses = {course.path: course for course in courses}
    for lesson in lessons:
        lesson._course = courses[lesson.path[: -lesson.steplen]]
    return lessons


class LessonPage(Learnable):
    """A lesson of ten minutes or so: what it says and what it asks, in one stream."""

    base_form_class = LessonForm

    class Licence(models.TextChoices):
        CENTRES = "centres", _("Sala's centres may use it")
        BY = "cc-by-4.0", _("Everybody may use and change it, if they name us (CC BY)")
        BY_NC_ND = "cc-by-nc-nd-4.0", _("Everybody may use it as it is, not for sale (CC BY-NC-ND)")

    outcome = models.CharField(_("what one can do afterwards"), max_length=300, blank=True)
    body = StreamField(LessonBlock(), blank=True)
    credit = models.CharField(
        _("whose knowledge it is"),
        max_length=200,
        blank=True,
        help_text=_("Shown at the lesson's end. Leave it empty if it is everybody's."),
    )
    credit_consent = models.BooleanField(_("they agreed that their name, picture and voice are shown"), default=False)
    licence = models.CharField(_("who may use it"), max_length=16, choices=Licence, default=Licence.CENTRES)
    placed_after = models.ForeignKey(
        CoursePage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shown after the lessons of"),
        help_text=_("A course of the nation's, for learners of this centre. The course itself is not changed."),
    )
    offered_at = models.DateTimeField(null=True, editable=False)  # to all centres, since when
    adopted_from = models.ForeignKey(  # the centre that wrote what another adopted: it is named with its credit
        "centres.Centre", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = PageManager.from_queryset(LessonQuerySet)()

    exclude_fields_in_copy = ["key", "offered_at", "adopted_from", "placed_after"]
    RESERVED_SLUGS = ("finished",)  # /courses/<course>/finished/ is the page of a finished course

    content_panels = [
        TITLE_PANEL,
        FieldPanel("outcome"),
        FieldPanel("body", heading=_("What the lesson says and asks")),
        MultiFieldPanel(
            [FieldPanel("credit"), FieldPanel("credit_consent"), FieldPanel("licence")], heading=_("Whose knowledge")
        ),
        MultiFieldPanel(
            [*LEARNABLE_PANELS[1:], FieldPanel("placed_after")],
            heading=_("Its picture, how long it takes, and where it stands"),
            classname="collapsed",
        ),
        ReadingsPanel(
            "readings",
            heading=_("Recordings"),
            help_text=_("Read aloud, part by part. Save a new part first; then it is in the list."),
            classname="collapsed",
        ),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self):
        super().clean()
        if self.slug in self.RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is taken by another page; choose another.")})
        if self.credit and not self.credit_consent:
            raise ValidationError({"credit_consent": _("Ask them first. Without their yes, leave their name out.")})
        if self.placed_after_id and self.placed_after.centre_id:
            raise ValidationError({"placed_after": _("Choose a course of the nation's.")})

    @property
    def credited(self):
        """Whose knowledge it is, as it may be shown: nobody is named without their yes."""
        return self.credit if self.credit_consent else ""

    @property
    def kept_by_the_page(self):
        own = ("key", "offered_at", "adopted_from_id")
        return (*own, "placed_after_id") if self.alias_of_id else own

    def publish(self, revision, user=None, **kwargs):
        """Show a draft to learners. A question that a person gave another meaning is a new question."""
        from courses.authoring.anew import ask_anew

        if user is not None:  # a file that is loaded has its own ids, which are the same everywhere
            ask_anew(self, revision)
        return super().publish(revision, user=user, **kwargs)

    @property
    def course(self):
        """The course that this lesson is in; asked of the database once."""
        if not hasattr(self, "_course"):
            self._course = CoursePage.objects.get(path=self.path[: -self.steplen])
        return self._course

    def can_move_to(self, parent):
        """A lesson keeps its course, and what people learned in it with it; copy it to use it in another."""
        return self.get_parent().pk == parent.pk and super().can_move_to(parent)

    preview_sizes = PREVIEW_SIZES

    def serve_preview(self, request, mode_name):
        """The lesson as a learner sees it, with nobody's progress."""
        from courses.views import lesson

        return lesson.preview(request, self)
