"""Tells Wagtail whom to ask about rights, before anything asks."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from courses.authoring.file_policy import FilePolicy
from courses.authoring.policy import POLICY


def register():
    register_permission_policy(Page, POLICY)
    for model in (get_image_model(), get_document_model()):
        # Exactly this class: Wagtail's apps are ready after ours, and would put their own policy in its place.
        register_permission_policy(model, FilePolicy(model), exact_class=True)
