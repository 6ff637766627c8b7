"""The words that stand in a lesson's blocks, whatever they are nested in."""

UNSAID = {"observed_by", "kind", "id", "type"}  # names that programs know


def said_in(raw):
    """Each text of a StreamField's raw data, in its order."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in UNSAID:
                yield from said_in(value)
    elif not isinstance(raw, (int, float, type(None))):
        for value in raw:
            yield from said_in(value)
