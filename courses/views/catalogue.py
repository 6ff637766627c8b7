"""The catalogue: every course that the reader may open, by topic, and found by words."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import Topic
from courses.readers import reader_of
from courses.shelves import cards
from lms.accounts import thai

LONGEST_QUESTION = 100


@require_safe
def catalogue(request):
    return catalogue_page(request, reader_of(request))


def catalogue_page(request, reader, is_first_page=False):
    """Also `/` for a visitor, with an invitation to the centre."""
    words = thai.normalise(request.GET.get("q", ""))[:LONGEST_QUESTION]
    topics = list(Topic.objects.all())
    topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
    courses = reader.courses().about(words)
    if topic:
        courses = courses.filter(topic=topic)
    found = cards(reader, courses.order_by("topic__position", "topic", "path"))
    by_slug = {topic.slug: topic for topic in topics}
    shelves = groupby(found, key=lambda card: card.course.topic_id)
    context = {
        "words": words,
        "topics": topics,
        "topic": topic,
        "shelves": [(by_slug[slug], list(cards_of_topic)) for slug, cards_of_topic in shelves],
        "found": len(found),
        "is_first_page": is_first_page,
        "is_visitor": not request.user.is_authenticated,
    }
    return render(request, "courses/catalogue.html", context)
