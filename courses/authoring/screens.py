"""Wagtail's screens for pages, as authors need them."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from courses.authoring.openers import is_number


class PageFilters(GenericPageFilterSet):
    """Without Wagtail's lists of all who own or have edited any page of the nation, and of sites: there is one."""

    owner = edited_by = site = None


class OneByOne:
    """Without boxes to tick: what is done with lessons is done with each, by whoever may."""

    def get_table(self, *args, **kwargs):
        table = super().get_table(*args, **kwargs)
        if not self.request.user.is_superuser:
            table.columns.pop("bulk_actions", None)
        return table


class PagesView(OneByOne, ExplorableIndexView):
    paginate_by = 20  # Wagtail asks the database, and draws, for each


class PageSearchView(OneByOne, SearchView):
    pass


class Whole:
    """A form that came in parts, as after a line that dropped, is answered and not a fault. Nothing of it is stored."""

    def post(self, *args, **kwargs):
        try:
            return super().post(*args, **kwargs)
        except MultiValueDictKeyError as missing:
            raise BadRequest(str(missing)) from missing


class PageAddView(Whole, CreateView):
    pass


class PageEditView(Whole, EditView):
    pass


class PageRevertView(Whole, RevisionsRevertView):
    pass


class PagePreviewOnAddView(Whole, PreviewOnCreateView):
    pass


class PagePreviewOnEditView(Whole, PreviewOnEditView):
    pass


class PageCopyView(CopyView):
    def post(self, request, *args, **kwargs):
        """Wagtail takes it for granted that the place was sent, and is there."""
        place = request.POST.get("new_parent_page", "")
        if not is_number(place) or not Page.objects.filter(pk=place).exists():
            raise Http404
        return super().post(request, *args, **kwargs)


class PageScreens(PageViewSet):
    index_view_class = PagesView
    search_view_class = PageSearchView
    copy_view_class = PageCopyView
    add_view_class = PageAddView
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView
    preview_on_add_view_class = PagePreviewOnAddView
    preview_on_edit_view_class = PagePreviewOnEditView
    filterset_class = PageFilters
