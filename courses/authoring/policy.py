"""What Wagtail asks of rights to pages, answered from rights.py: no group, and no row of any table, gives a right.

Wagtail asks for many pages in one request. So what a person may do in which course is read once and kept on the user
of the request; a lesson's rights are those of its course.
"""

from django.db.models import Q
from django.db.models.functions import Substr
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.authoring import people, rights
from courses.models import CataloguePage, CoursePage

COURSE_DEPTH = 4  # root, home, catalogue, course
COURSE_PATH = Page.steplen * COURSE_DEPTH
NOTHING = frozenset()
WRITES = frozenset({"add", "change"})  # and submits; somebody else publishes
REVIEWS = frozenset({"change", "publish", "lock", "unlock"})
EDITS = WRITES | REVIEWS | {"bulk_delete"}


class CoursePolicy(PagePermissionPolicy):
    permission_cache_name = "_course_rights"

    def get_all_permissions_for_user(self, user):
        """{path of a course: what they may do there}. Superusers may do everything, and are not asked about."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return {}
        return self._read(user)

    def _read(self, user, **only):
        reviewed = rights.courses_reviewed_by(user).filter(**only).order_by().values_list("path", flat=True)
        written = rights.courses_written_by(user).filter(**only).order_by().values_list("path", "centre")
        held = dict.fromkeys(reviewed, REVIEWS)
        for path, centre in written:
            held[path] = held.get(path, NOTHING) | (WRITES if centre else EDITS)
        return held

    def held(self, user, page):
        """What somebody who is no superuser may do with a page."""
        if not user.is_active or user.is_anonymous:
            return NOTHING
        if len(page.path) < COURSE_PATH:
            return {"add"} & self._held_above(user, page)
        courses, path = self.get_cached_permissions_for_user(user), page.path[:COURSE_PATH]
        if path not in courses:  # perhaps it was made since they were read
            courses[path] = self._read(user, path=path).get(path, NOTHING)
        return courses[path]

    @staticmethod
    def _held_above(user, page):
        """Editors put new courses on the nation's shelf."""
        return EDITS if page.specific_class is CataloguePage and rights.edits_national(user) else NOTHING

    def user_has_any_permission(self, user, actions):
        whole = self._base_user_has_permission(user)
        if whole is not None:
            return whole
        if user.is_authenticated and rights.edits_national(user):
            return bool(EDITS & set(actions))
        return any(held & set(actions) for held in self.get_cached_permissions_for_user(user).values())

    def user_has_any_permission_for_instance(self, user, actions, instance):
        whole = self._base_user_has_permission(user)
        return bool(self.held(user, instance) & set(actions)) if whole is None else whole

    def instances_user_has_any_permission_for(self, user, actions):
        whole = self._base_queryset_for_user(user)
        return self._in(_courses(user, set(actions))) if whole is None else whole

    def users_with_any_permission(self, actions, include_superusers=True):
        return people.may(_roles(actions), include_superusers)

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        """Who is written to about a page: its centre's caretakers, its reviewers, or the editors."""
        course = CoursePage.objects.filter(path=instance.path[:COURSE_PATH]).first()
        if course:
            return people.may_in(course, _roles(actions), include_superusers)
        of_shelf = {"edits"} if "add" in actions and instance.specific_class is CataloguePage else set()
        return people.may(of_shelf, include_superusers)

    def instances_with_direct_explore_permission(self, user):
        if user.is_superuser:
            return Page.objects.filter(depth=1)
        courses = Page.objects.filter(path__in=[path for path, held in self._courses_of(user) if held])
        return courses | Page.objects.type(CataloguePage) if rights.edits_national(user) else courses

    def explorable_root_instance(self, user):
        """Where the studio's tree begins for somebody: at their course, or at the shelf if they have several."""
        if not hasattr(user, self._explorable_root_instance_cache_name):
            setattr(user, self._explorable_root_instance_cache_name, self._root(user))
        return getattr(user, self._explorable_root_instance_cache_name)

    def _root(self, user):
        if user.is_superuser:
            return Page.get_first_root_node()
        paths = [path for path, held in self._courses_of(user) if held]
        if len(paths) == 1 and not rights.edits_national(user):
            return Page.objects.get(path=paths[0])
        return Page.objects.type(CataloguePage).first() if paths or rights.edits_national(user) else None

    def explorable_instances(self, user):
        """The courses, their lessons, and the page that they begin at."""
        whole = self._base_queryset_for_user(user)
        if whole is not None:
            return whole
        root = self.explorable_root_instance(user)
        if root is None:
            return self.model._default_manager.none()
        return self._in(rights.courses_seen_by(user), or_else=Q(pk=root.pk))

    def _courses_of(self, user):
        return self.get_cached_permissions_for_user(user).items()

    def _in(self, courses, or_else=None):
        """The pages that are, or are in, one of these courses. Asked in one query, however many there are."""
        inside = Q(course_path__in=courses.order_by().values("path"))
        pages = Page.objects.alias(course_path=Substr("path", 1, COURSE_PATH))
        pages = pages.filter(inside | or_else if or_else else inside).order_by().values("pk")
        return self.model._default_manager.filter(pk__in=pages)


class Tester(PagePermissionTester):
    """What somebody may do with one page of ours."""

    def __init__(self, user, page):
        self.user, self.page, self.page_is_root = user, page, False
        self.permission_policy = POLICY
        self.permissions = NOTHING if user.is_superuser else POLICY.held(user, page)

    def can_delete(self, ignore_bulk=False):
        """Whoever only reviews takes nothing away from a centre. What has no pages in it is judged without a query."""
        if self.page.is_leaf() and self.permissions >= WRITES:
            return self.user.is_active and ("publish" in self.permissions or not self.page.live)
        return self._is_authors() and super().can_delete(ignore_bulk)

    def can_reorder_children(self):
        """The order of a village's lessons is its authors' own affair, and changes none of them."""
        return self.user.is_active and self._is_authors()

    def can_move_to(self, destination):
        if self.page.is_child_of(destination):
            return destination.permissions_for_user(self.user).can_reorder_children()
        return super().can_move_to(destination)

    def _is_authors(self):
        return self.user.is_superuser or "add" in self.permissions


def _courses(user, actions):
    found = CoursePage.objects.none()
    if actions & WRITES:
        found |= rights.courses_written_by(user)
    if actions & REVIEWS:
        found |= rights.courses_reviewed_by(user)
    if actions & EDITS and rights.edits_national(user):
        found |= CoursePage.objects.filter(centre=None)
    return found


def _roles(actions):
    kinds = {"writes": WRITES, "reviews": REVIEWS, "edits": EDITS}
    return {kind for kind, of_kind in kinds.items() if of_kind & set(actions)}


POLICY = CoursePolicy(Page)
