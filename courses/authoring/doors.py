"""Which of Wagtail's addresses open to authors and reviewers, and by which question of openers.py; no others do."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.authoring.openers import (
    author,
    chooser_place,
    chosen_pages,
    copied,
    everybody,
    file,
    files_together,
    moved,
    page,
    place,
    upload,
)

IMAGE, DOCUMENT = get_image_model(), get_document_model()
OF_PAGE, TO_MOVE, PARENT = page("page_id"), page("page_to_move_id"), page("parent_page_id")


def _files(namespace, one, model, usage, create_from_upload):
    """Wagtail's addresses for pictures, and the same for documents."""
    ones = {"image": "image_id", "document": "doc_id"}
    change, choose = file(model, "change", one), file(model, "choose", "pk")
    of_several = file(model, "change", ones[one.removesuffix("_id")])
    return {
        f"{namespace}:index": author,
        f"{namespace}:index_results": author,
        f"{namespace}:add": author,
        f"{namespace}:add_multiple": author,
        f"{namespace}:edit": change,
        f"{namespace}:delete": change,
        f"{namespace}:{usage}": change,
        f"{namespace}:edit_multiple": of_several,
        f"{namespace}:delete_multiple": of_several,
        f"{namespace}:{create_from_upload}": upload,
        f"{namespace}:delete_upload_multiple": upload,
        f"{namespace}_chooser:choose": everybody,
        f"{namespace}_chooser:choose_results": everybody,
        f"{namespace}_chooser:chosen": choose,
        f"{namespace}_chooser:chosen_multiple": everybody,  # the policy leaves out what is not theirs
        f"{namespace}_chooser:create": author,
    }


OPEN = {
    "studio_sign_in": everybody,
    "wagtailadmin_home": everybody,
    "wagtailadmin_account": everybody,
    "wagtailadmin_logout": everybody,
    "wagtailadmin_dismissibles": everybody,
    "wagtailadmin_sprite": everybody,
    "wagtailadmin_javascript_catalog": everybody,
    "wagtailadmin_block_preview": everybody,
    "wagtailadmin_editing_sessions:ping": everybody,  # Wagtail finds nothing that one may not edit
    "wagtailadmin_editing_sessions:release": everybody,  # one's own only
    "wagtailadmin_api:pages:listing": everybody,  # of what one may explore
    "wagtailadmin_api:pages:detail": place("pk"),
    "wagtailadmin_explore_root": everybody,  # sends one to where one's own tree begins
    "wagtailadmin_explore": place("parent_page_id"),
    "wagtailadmin_explore_results": place("parent_page_id"),
    "wagtailadmin_pages:search": everybody,
    "wagtailadmin_pages:search_results": everybody,
    "wagtailadmin_pages:add": PARENT,
    "wagtailadmin_pages:preview_on_add": PARENT,
    "wagtailadmin_pages:add_subpage": PARENT,
    "wagtailadmin_pages:move": TO_MOVE,
    "wagtailadmin_pages:move_confirm": moved,
    "wagtailadmin_pages:set_page_position": TO_MOVE,
    "wagtailadmin_pages:copy": copied,
    "wagtailadmin_pages:revisions_compare": page("pk"),
    **dict.fromkeys(
        (
            f"wagtailadmin_pages:{name}"
            for name in (
                "usage", "edit", "preview_on_edit", "view_draft", "delete", "unpublish", "convert_alias", "lock",
                "unlock", "revisions_index", "revisions_view", "revisions_revert", "revisions_unschedule", "history",
                "history_results",
            )
        ),
        OF_PAGE,
    ),
    "wagtailadmin_choose_page": everybody,
    "wagtailadmin_choose_page_child": chooser_place,
    "wagtailadmin_choose_page_search": everybody,
    "wagtailadmin_choose_page_chosen_multiple": chosen_pages,
    "wagtail_bulk_action": files_together,
    **_files("wagtailimages", "image_id", IMAGE, "image_usage", "create_multiple_from_uploaded_image"),
    "wagtailimages_chooser:select_format": file(IMAGE, "choose", "image_id"),
    **_files("wagtaildocs", "document_id", DOCUMENT, "document_usage", "create_multiple_from_uploaded_document"),
    **dict.fromkeys(
        (
            f"wagtailsnippetchoosers_courses_topic:{name}"
            for name in ("choose", "choose_results", "chosen", "chosen_multiple")
        ),
        everybody,
    ),
}  # fmt: skip
