"""What a lesson's form names by number: pictures, documents and pages. Others' are as if they were not there.

The choosers offer what one may choose. A number that was put into the form by hand would show its picture or title
as soon as the form is drawn again, so this is no error beside a field. What the lesson had before may stay in it.
"""

from django.db.models import ForeignKey
from django.http import Http404
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.authoring import choosing


def find(form):
    """Not found, if a bound form names something that its author may not choose."""
    user, instance = form.for_user, form.instance
    if user is None or user.is_superuser:
        return
    named = set()
    for name in form.fields:
        field = _field_of(instance, name)
        if isinstance(field, StreamField | ForeignKey):
            named |= _sent(field, form[name].data) - _had(field, instance)
    for model in {model for model, _pk in named}:
        _find_all(model, {pk for of_model, pk in named if of_model is model}, user)


def _field_of(instance, name):
    names = {field.name: field for field in instance._meta.get_fields()}
    return names.get(name)


def _sent(field, value):
    if isinstance(field, StreamField):
        return _in_stream(field, value)
    return {(_kind(field.related_model), str(value))} if value and _kind(field.related_model) else set()


def _had(field, instance):
    if isinstance(field, StreamField):
        return _in_stream(field, getattr(instance, field.name))
    return _sent(field, getattr(instance, field.attname))


def _in_stream(field, value):
    references = ((_kind(model), str(pk)) for model, pk, *_where in field.extract_references(value))
    return {(kind, pk) for kind, pk in references if kind}


def _kind(model):
    """Which of the three it is; None for what belongs to nobody, such as topics."""
    return next((kind for kind in (get_image_model(), get_document_model(), Page) if issubclass(model, kind)), None)


def _find_all(model, pks, user):
    numbers = {pk for pk in pks if pk.isdigit()}  # what is no number, the field refuses
    if model is Page:
        rows = choosing.pages_for(user)
    else:
        rows = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "choose")
    there = model.objects.filter(pk__in=numbers)
    if there.exclude(pk__in=rows.order_by().values("pk")).exists():
        raise Http404
