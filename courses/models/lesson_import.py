"""A file of another program that is taken over as drafts: how far it is, and what became of it."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.centres.models import Centre

SILENT = timedelta(seconds=90)  # a server that was killed says nothing any more; a reader has 60 seconds in all
TRIES = 2


def put_aside(batch, name):
    """Where the file waits: under a name that nobody can guess, in a folder that lms.views.media shows to nobody."""
    return f"imports/{uuid4().hex}"


class LessonImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the centres that one writes for, and what one sent to the nation's courses."""
        of_centres = Q(centre__in=Centre.objects.run_by(user).order_by().values("pk"))
        to_the_nation = Q(centre=None, made_by__isnull=False, made_by=user.pk)  # who was erased is nobody who asks
        return self.filter(of_centres | to_the_nation)

    def unfinished(self):
        return self.filter(state__in=[LessonImport.State.WAITING, LessonImport.State.WORKING])

    def forsaken(self):
        """Begun by a server that has not been heard of since."""
        return self.filter(state=LessonImport.State.WORKING, beat_at__lt=timezone.now() - SILENT)

    def claim(self, pk):
        """The import, for this process alone; None if another has it, or nothing is left to do."""
        free = Q(state=LessonImport.State.WAITING)
        free |= Q(state=LessonImport.State.WORKING, beat_at__lt=timezone.now() - SILENT)
        mine, now = uuid4(), timezone.now()
        claimed = self.filter(free, pk=pk, tries__lt=TRIES).update(
            state=LessonImport.State.WORKING, claim=mine, beat_at=now, tries=F("tries") + 1, progress=0
        )
        return self.select_related("centre", "made_by", "course").get(pk=pk) if claimed else None


class LessonImport(models.Model):
    """One file. `report` says what came over and what did not, or why nothing did, in codes (importing/words.py).

    Of another Sala's zip the kind is COURSE from the beginning, and the report has its sender's language until then.
    """

    COURSE = "sala"

    class State(models.TextChoices):
        WAITING = "waiting", _("waits its turn")
        WORKING = "working", _("is being read")
        DONE = "done", _("came over")
        FAILED = "failed", _("did not come over")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, null=True, related_name="lesson_imports"
    )  # None: nation
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    course = models.ForeignKey("courses.CoursePage", models.SET_NULL, null=True, related_name="+")  # None: its first
    file = models.FileField(upload_to=put_aside, blank=True)  # gone when the import is over
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    report = models.JSONField(default=dict)
    publishes = models.BooleanField(default=False)  # a course, at once
    lessons = models.JSONField(default=list)  # {"key", "title"} of the drafts made
    claim = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = LessonImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["centre", "-made_at"], name="imports_of_a_centre")]

    def __str__(self):
        return self.file_name

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def was_given_up(self):
        """By every server that tried."""
        silent = self.beat_at is not None and self.beat_at < timezone.now() - SILENT
        return self.state == self.State.WORKING and silent and self.tries >= TRIES

    def beat(self, progress):
        """Say that it is still being read; False if another process has it by now."""
        mine = LessonImport.objects.filter(pk=self.pk, state=self.State.WORKING, claim=self.claim)
        return bool(mine.update(beat_at=timezone.now(), progress=progress))

    def finish(self, state, **fields):
        """Only by the process whose claim it is: whoever was taken for dead must not finish it a second time."""
        mine = LessonImport.objects.filter(pk=self.pk, state=self.State.WORKING, claim=self.claim)
        return bool(mine.update(state=state, progress=100, file="", **fields))
