"""Where courses stand: the site's root, the catalogue under it, and the topics."""

from wagtail.models import Page, Site

from cms.models import HomePage
from courses.loading.topics import TOPICS
from courses.models import CataloguePage, Topic

SITE_NAME = "ศาลา"


def shelf():
    """The catalogue page; made with all that it stands on when it is not there."""
    for position, (slug, (title_th, title_en)) in enumerate(TOPICS.items(), 1):
        named = {"title_th": title_th, "title_en": title_en, "position": position}
        Topic.objects.get_or_create(slug=slug, defaults=named)
    home = HomePage.objects.first() or _make_home()
    return CataloguePage.objects.first() or home.add_child(instance=CataloguePage(title="วิชา", slug="courses"))


def _make_home():
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = root.add_child(instance=HomePage(title=SITE_NAME, slug="sala"))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    site.root_page, site.site_name = home, SITE_NAME
    site.save()
    for welcome in root.get_children().exclude(pk=home.pk):
        if welcome.specific_class is Page:  # the page that Wagtail comes with
            welcome.delete()
    return home
