"""Names in an address, for pages and programs alike: what a misspelt or repeated one says would quietly be ignored."""

from django.utils.translation import gettext as _


def misnamed(query, known):
    """(name, what is wrong with it) of the first name of a QueryDict that cannot be heeded; None where all can be."""
    if unknown := sorted(set(query) - set(known)):
        told = {"known": ", ".join(known)}
        return unknown[0], _("Nothing here is called so. What can be asked for: %(known)s") % told
    for name, values in query.lists():
        if len(set(values)) > 1:
            return name, _("This is asked for twice: %(values)s. Ask for one.") % {"values": ", ".join(values)}
    return None
