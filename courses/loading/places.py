"""Where pages stand in the studio's tree: their addresses and their order."""

from wagtail.models import Page


def free_slugs(pages, sources):
    """Let pages exchange their addresses, and take those of pages that are gone."""
    wanted_by = {source["slug"]: source["key"] for source in sources}
    for page in pages:
        if wanted_by.get(page.slug, page.key) != page.key:
            page.slug = f"{page.slug[:200]}-{str(page.key)[:8]}"
            page.save(clean=False)


def put_in_order(parent, wanted):
    """Move children until those wanted come first, in that order. True if any had to move."""
    standing = list(parent.get_children().order_by("path").values_list("pk", flat=True))
    moved = False
    for place, pk in enumerate(wanted):
        if standing[place] != pk:
            # Fresh rows: each move changes the paths of others.
            Page.objects.get(pk=pk).move(Page.objects.get(pk=standing[place]), "left")
            standing.remove(pk)
            standing.insert(place, pk)
            moved = True
    return moved
