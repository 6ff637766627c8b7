"""Questions that open an address of the studio, or leave it shut: each takes the request and what the address names."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, UploadedFile
from wagtail.permissions import policy_registry

from courses.authoring import choosing, rights
from courses.authoring.policy import POLICY

LARGEST = 2**31  # no database numbers rows beyond this


def everybody(request, kwargs):
    return True


def author(request, kwargs):
    return rights.is_author(request.user)


def page(name):
    """If the page that this part of the address names is one's own, or one to review."""

    def is_open(request, kwargs):
        found = Page.objects.filter(pk=kwargs[name]).first() if is_number(kwargs[name]) else None
        return found is not None and bool(POLICY.held(request.user, found))

    return is_open


def place(name):
    """Where the studio's tree is looked at."""

    def is_open(request, kwargs):
        return _all_in(POLICY.explorable_instances(request.user), [kwargs[name]])

    return is_open


def copied(request, kwargs):
    """The page, and the place that it is to be copied to."""
    places = [value for value in request.POST.getlist("new_parent_page") if value]
    return page("page_id")(request, kwargs) and _all_in(POLICY.explorable_instances(request.user), places)


def moved(request, kwargs):
    return page("page_to_move_id")(request, kwargs) and place("destination_id")(request, kwargs)


def chooser_place(request, kwargs):
    return _all_in(choosing.pages_for(request.user), [kwargs["parent_page_id"]])


def chosen_pages(request, kwargs):
    return _all_in(choosing.pages_for(request.user), request.GET.getlist("id"))


def file(model, action, name):
    def is_open(request, kwargs):
        files = policy_registry.get_by_type(model).instances_user_has_permission_for(request.user, action)
        return _all_in(files, [kwargs[name]])

    return is_open


def upload(request, kwargs):
    """A file that waits for its title: whose upload it is."""
    return UploadedFile.objects.filter(pk=kwargs["uploaded_file_id"], uploaded_by_user=request.user.pk).exists()


def files_together(request, kwargs):
    """Several files at once; of "all", Wagtail asks the policy which are meant. Pages are done one by one."""
    models = {model._meta.label_lower: model for model in (get_image_model(), get_document_model())}
    model = models.get(f"{kwargs['app_label']}.{kwargs['model_name']}".lower())
    if model is None:
        return False
    files = policy_registry.get_by_type(model).instances_user_has_permission_for(request.user, "change")
    ids = request.GET.getlist("id")
    return "all" in ids or (bool(ids) and _all_in(files, ids))


def _all_in(rows, ids):
    """Whether each of these is among the rows; what is no number names nothing."""
    ids = set(map(str, ids))
    return all(map(is_number, ids)) and rows.filter(pk__in=ids).count() == len(set(map(int, ids)))


def is_number(text):
    text = str(text)
    return text.isascii() and text.isdigit() and int(text) < LARGEST
