"""The words of lessons that are read, so that a course is found by what is said in it."""

from django.db import models


class LessonWords(models.Model):
    """All that a live lesson says, as `lms.accounts.thai.search_text` writes it; kept by courses.outlines."""

    lesson = models.UUIDField(primary_key=True)
    course = models.UUIDField(db_index=True)
    text = models.TextField()

    def __str__(self):
        return str(self.lesson)
