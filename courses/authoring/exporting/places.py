"""Where a course from elsewhere may stand here."""

from django.utils.translation import gettext as _

from courses.authoring.drafts import local_topic
from courses.authoring.rights import edits_national
from courses.loading.problems import Problem
from courses.loading.topics import TOPICS
from courses.models import CoursePage, Topic


def of_other_places(courses, centre):
    """Problems of courses whose key is known here as somebody else's."""
    there = CoursePage.objects.filter(key__in=[course["key"] for course in courses]).select_related("centre")
    known = {course.key: course.centre for course in there}
    for course in courses:
        if course["key"] not in known or known[course["key"]] == centre:
            continue
        owner = known[course["key"]]
        if owner:
            told = _("belongs to %(centre)s here; ask them, or make a copy in the studio") % {"centre": owner.name}
        else:
            told = _("is one of the nation's courses here; only their editors change it")
        yield Problem(course.file, course.line("key"), "key", told)


def topic_of(source, user):
    """The topic's slug here. A new one is made for editors only: the shelves of the catalogue are theirs."""
    slug = source["topic"]
    if Topic.objects.filter(pk=slug).exists():
        return slug
    if slug not in TOPICS and edits_national(user) and "topic_title" in source.entry:
        names = source["topic_title"]
        Topic.objects.create(slug=slug, title_th=names["th"], title_en=names["en"], position=len(TOPICS) + 1)
        return slug
    return local_topic().pk
