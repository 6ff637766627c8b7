"""The words that stand in a lesson's blocks, whatever they are nested in."""

from lms.accounts import thai

UNSAID = {"observed_by", "kind", "id", "type"}  # names that programs know


def words_of(lesson):
    """All that a lesson says, as it is searched; `lesson` may be one of a migration's."""
    return thai.search_text(lesson.title, lesson.title_en, lesson.outcome, *said_in(lesson.body.raw_data))


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
