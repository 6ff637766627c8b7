"""What recording must know of the courses, kept apart from the pages so that no edit can lose it."""

from django.db import models


class LessonOutline(models.Model):
    """A lesson's place and its activities with their right answers, old ones included.

    `activities` maps the activity's id to its definition as courses.grading takes it. An activity that
    an editor removed stays here: answers to it may still be on their way from somebody's phone.
    """

    lesson = models.UUIDField(primary_key=True)
    course = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_live = models.BooleanField(default=True)
    activities = models.JSONField(default=dict)

    def __str__(self):
        return str(self.lesson)


class CourseEdition(models.Model):
    """The list of lessons that made up a course from one moment to another.

    A learner finishes a course when they have finished every lesson of an edition while it was in force:
    so a lesson added later takes nothing away from those who had finished.
    """

    course = models.UUIDField()
    lessons = models.JSONField()  # keys as text, in order
    since = models.DateTimeField(null=True)  # null: from the beginning
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(until=None), name="one_edition_in_force_of_a_course"
            )
        ]

    def __str__(self):
        return f"{self.course} ({len(self.lessons)})"
