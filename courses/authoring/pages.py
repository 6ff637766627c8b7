"""What our own pages of the studio share: the door, and the frame that Wagtail draws around them."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.authoring.rights import may_enter

ON_A_PAGE = 20


def for_authors(view):
    """Not found, for whoever neither writes nor reviews lessons."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_enter(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def studio_page(request, template, title, icon="help", crumbs=(), status=200, **context):
    """`crumbs` are (name of an address, label) of the pages above this one."""
    above = [("wagtailadmin_home", _("Studio")), *crumbs]
    context |= {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *({"url": reverse(name), "label": label} for name, label in above),
            {"url": "", "label": title},
        ],
    }
    return render(request, template, context, status=status)


def paginated(request, found, on_a_page=ON_A_PAGE):
    """A page of rows, and the numbers of the pages to go to."""
    paginator = Paginator(found, on_a_page)
    page = paginator.get_page(request.GET.get("p"))
    return {"page": page, "pages": paginator.get_elided_page_range(page.number)}
