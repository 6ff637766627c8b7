"""Practical tasks that wait for somebody to look, and those that were looked at."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from courses.api.learners import centre_called
from courses.tasks import AGAIN, BY_NAME, LONGEST_FIRST, PASSED, WAITING, of_those_seen, tasks, told
from lms.accounts.lists import ListQuestion, answers
from lms.accounts.sheets import iso
from lms.centres.lists import PeopleListView


class TaskSerializer(serializers.Serializer):
    learner = serializers.UUIDField()
    name = serializers.CharField()
    family_name = serializers.CharField(allow_blank=True)
    centre = serializers.CharField(help_text="The home centre's code.")
    course = serializers.UUIDField()
    lesson = serializers.UUIDField()
    activity = serializers.UUIDField()
    title = serializers.CharField(allow_blank=True, help_text="As it is written today.")
    state = serializers.ChoiceField(
        [WAITING, PASSED, AGAIN], help_text="waiting to be checked; passed; or to be tried again."
    )
    things = serializers.IntegerField(help_text="How many things there are to do.")
    ticked = serializers.IntegerField(help_text="How many the learner says are done.")
    seen = serializers.IntegerField(allow_null=True, help_text="How many the one who checked has seen.")
    done_at = serializers.DateTimeField(allow_null=True, help_text="When the learner last ticked.")
    checked_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(allow_blank=True, help_text="What the one who checked wrote to the learner.")


class TaskQuestion(ListQuestion):
    centre = serializers.CharField(required=False, help_text="The home centre's code.")
    state = serializers.ChoiceField(
        [WAITING, "checked"], required=False, help_text="waiting: the longest waiting first; checked: by name."
    )


EXAMPLE = OpenApiExample(
    "A task that waits",
    {
        "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
        "name": "ป้าสมศรี",
        "family_name": "",
        "centre": "TH-32-0001",
        "course": "5f0c5d3e-6a51-5d0c-9f39-0c1d6c1c8b11",
        "lesson": "7d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a01",
        "activity": "0d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a02",
        "title": "คิดทุนสินค้าของเรา",
        "state": "waiting",
        "things": 3,
        "ticked": 3,
        "seen": None,
        "done_at": "2026-11-22T03:12:45Z",
        "checked_at": None,
        "note": "",
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


class TaskList(PeopleListView):
    question = TaskQuestion
    sheet_name = "tasks"
    columns = list(TaskSerializer().fields)

    @extend_schema(
        operation_id="tasks",
        tags=["learners"],
        parameters=[TaskQuestion],
        responses=answers(TaskSerializer(many=True), 400, sheets=True),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """The practical tasks of those you look after."""
        return super().get(request)

    @property
    def order(self):
        return LONGEST_FIRST if self.asked.get("state") == WAITING else BY_NAME

    def found(self):
        found = tasks(of_those_seen(self.request.user), self.asked.get("state"))
        centre = centre_called(self.asked.get("centre"), self.request.user)
        return found.filter(learner__home__centre=centre) if centre else found

    def told(self, rows):
        return [_told(task) for task in told(rows, self.asked.get("state"))]

    def in_sheet(self, row):
        yield row.values()


def _told(task):
    check = task.check
    return {
        "learner": task.learner,
        "name": task.name,
        "family_name": task.family_name,
        "centre": task.centre,
        "course": task.course,
        "lesson": task.lesson,
        "activity": task.activity,
        "title": task.title,
        "state": task.state,
        "things": len(task.checklist),
        "ticked": len(task.ticked),
        "seen": len(check.done) if check else None,
        "done_at": iso(task.answered_at),
        "checked_at": check and iso(check.at),
        "note": check.note if check else "",
    }
