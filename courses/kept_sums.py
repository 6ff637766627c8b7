"""Sums over the counts of many centres, kept for a minute: they are most of what a ministry's screen costs.

Whoever turns a page, sorts, or takes the same figures as a file gets the very same ones, with the moment for which they
are true. Of few centres nothing is kept: their people look for what they did just now.
"""

import hashlib

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import EmptyResultSet

from lms.accounts import replicas


def kept(query):
    """(moment, rows) of a query of sums; what was true up to SALA_FIGURES_SECONDS ago is taken again."""
    try:
        asked = query.query.sql_with_params()
    except EmptyResultSet:
        return replicas.true_at(), []
    key = hashlib.sha256(repr(asked).encode()).hexdigest()
    found = caches["figures"].get(key)
    if found is None:
        found = replicas.true_at(), list(query)
        caches["figures"].set(key, found, settings.SALA_FIGURES_SECONDS)
    return found
