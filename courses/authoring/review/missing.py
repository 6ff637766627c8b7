"""What a lesson still lacks before learners may see it, in the words of its editor's fields."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.blocks import NAMES


@dataclass(frozen=True)
class Missing:
    place: str  # "3. Choose one", or the name of a field of the page
    words: str
    block: str = ""  # the block's id


def missing(page):
    """All that keeps a page from being published; an empty list if nothing does."""
    return _of_fields(page) + _of_body(page)


def _of_fields(page):
    try:
        page.full_clean()
    except ValidationError as refused:
        return [
            Missing(_field_name(page, name), message)
            for name, messages in refused.message_dict.items()
            if name != "body"
            for message in messages
        ]
    return []


def _field_name(page, name):
    return _("Lesson") if name == NON_FIELD_ERRORS else str(page._meta.get_field(name).verbose_name)


def _of_body(page):
    """A draft is stored without being looked at: here every block is, and that there is any."""
    if not len(page.body):
        return [Missing(_("Lesson"), _("It says nothing yet. Write at least one part."))]
    try:
        page.body.stream_block.clean(page.body)
    except ValidationError as refused:
        errors = getattr(refused, "block_errors", None) or {}
        found = [each for place, error in sorted(errors.items()) for each in _of_block(page.body, place, error)]
        return found or [Missing(_("Lesson"), message) for message in refused.messages]
    return []


def _of_block(body, place, error):
    block = body[place]
    name = f"{place + 1}. {NAMES.get(block.block_type, block.block_type)}"
    return [Missing(name, words, str(block.id)) for words in _told(error)]


def _told(error):
    """The words of an error, however deep in a block; each with the field's name where it has one."""
    if isinstance(error, str | Promise):
        return [str(error)]
    if isinstance(error, list | tuple):
        return [words for each in error if each for words in _told(each)]
    inner = getattr(error, "block_errors", None)
    found = list(_told_of_inner(inner)) if inner else []
    others = getattr(error, "non_block_errors", None)
    if others:
        found += [words for each in others for words in _told(each)]
    return found or [str(message) for message in error.messages]


def _told_of_inner(errors):
    """Of a block of fields by their names, of a list by their places."""
    pairs = errors.items() if isinstance(errors, dict) else enumerate(errors)
    for name, error in pairs:
        if error:
            label = NAMES.get(name, name) if isinstance(name, str) else str(name + 1)
            yield from (f"{label}: {words}" for words in _told(error))
