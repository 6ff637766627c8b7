"""Rights to pictures and documents, by the collection they are in: a centre's own, or the nation's.

A caretaker's uploads go into their centre's collection. Everybody who writes may use the nation's pictures; only
editors change those. Who reviews a centre's lessons sees its pictures.
"""

from django.db.models import Q
from django.db.models.functions import Substr
from wagtail.models import Collection
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.models import CentreFiles
from courses.authoring import people, rights

TOP = Collection.steplen * 2  # the root, and a collection in it: a centre's is there, and whatever is below it
CHANGES = {"add", "change", "delete"}
CHOOSES = {"choose"}


class FilePolicy(BasePermissionPolicy):
    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, {action})

    def user_has_any_permission(self, user, actions):
        if not user.is_active or user.is_anonymous:
            return False
        author = user.is_superuser or rights.is_author(user)
        return author if CHANGES & set(actions) else bool(CHOOSES & set(actions)) and rights.may_enter(user)

    def users_with_any_permission(self, actions):
        return people.may(_roles(actions))

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return collections_for(user, actions).filter(pk=instance.collection_id).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        return self.model._default_manager.filter(collection__in=collections_for(user, actions))

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, {action})

    def users_with_any_permission_for_instance(self, actions, instance):
        top = instance.collection.path[:TOP]
        of_centre = CentreFiles.objects.filter(collection__path=top).first()
        if of_centre:
            return people.may_in(of_centre, _roles(actions))
        return people.may(_roles(actions) if CHOOSES & set(actions) else {"edits"})

    def users_with_permission_for_instance(self, action, instance):
        return self.users_with_any_permission_for_instance({action}, instance)

    def collections_user_has_any_permission_for(self, user, actions):
        if "add" in actions:
            _make_own(user)
        return collections_for(user, actions)

    def collections_user_has_permission_for(self, user, action):
        return self.collections_user_has_any_permission_for(user, {action})


def collections_for(user, actions):
    """The collections in which somebody may do one of these things."""
    actions = set(actions)
    if not actions & (CHANGES | CHOOSES) or not rights.may_enter(user):
        return Collection.objects.none()
    if user.is_superuser:
        return Collection.objects.all()
    theirs = _of_centres(rights.written_for(user))
    if CHOOSES & actions:
        theirs |= _of_centres(rights.reviewed_by(user))
    if CHOOSES & actions or rights.edits_national(user):
        theirs |= ~Q(top__in=CentreFiles.objects.values("collection__path"))
    found = Collection.objects.alias(top=Substr("path", 1, TOP)).filter(theirs)
    return Collection.objects.filter(pk__in=found.order_by().values("pk"))


def _of_centres(centres):
    return Q(top__in=CentreFiles.objects.filter(centre__in=centres.order_by().values("pk")).values("collection__path"))


def _make_own(user):
    """A centre's collection is there when its caretaker is about to add the first file."""
    for centre in rights.written_for(user).filter(files=None):
        CentreFiles.objects.collection_of(centre)


def _roles(actions):
    return {"writes", "edits", "reviews"} if CHOOSES & set(actions) else {"writes", "edits"}
