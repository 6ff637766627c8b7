"""The tiles of names at a centre's machine."""

from django.core.paginator import Paginator
from django.db.models import Count

TILES = 48
LONGEST_SEARCH = 60


def page_of_names(learners, words, page, most=TILES):
    """A page of tiles in name order; those who share a name with another show their family name as well."""
    found = learners.named(words[:LONGEST_SEARCH]).in_name_order()
    tiles = Paginator(found.only("name", "family_name"), most).get_page(page)
    names = {learner.name for learner in tiles}
    shared = learners.filter(name__in=names).order_by().values("name").annotate(n=Count("pk")).filter(n__gt=1)
    shared_names = set(shared.values_list("name", flat=True))
    for learner in tiles:
        learner.told_apart_by = learner.family_name if learner.name in shared_names else ""
    return tiles
