"""Identifiers that sort by the time they were made."""

import uuid

import uuid_utils.compat


def uuid7():
    """A UUIDv7 (RFC 9562): made anywhere without asking anyone, and ordered by its millisecond."""
    return uuid.UUID(int=uuid_utils.compat.uuid7().int)


def uuid_in(text):
    """The UUID that the text is, or None."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
