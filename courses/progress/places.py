"""The centres of what was learned, and the provinces of these centres."""

from courses.progress import sql
from lms.centres.models import Centre


def places_of(states):
    """The pks of all centres that some states of lessons or courses name."""
    return {place for item in states for place in (item.centre, item.where_finished) if place}


def provinces_of(centres):
    """The province's code by centre pk; subdistrict codes begin with it."""
    return {pk: subdistrict[:2] for pk, subdistrict in sql.select(Centre, ["id", "subdistrict"], id=centres)}
