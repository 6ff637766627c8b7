"""What the ministry adds to the data notice in the studio: a recording, and whom to ask."""

from django import template
from django.utils.translation import get_language

from cms.models import NoticeSettings

register = template.Library()


@register.simple_tag
def notice_recording():
    """The document in which the notice is read aloud in the page's language, or None."""
    kept = NoticeSettings.objects.select_related("recording_th", "recording_en").first()
    return kept and (kept.recording_en if get_language() == "en" else kept.recording_th)


@register.simple_tag
def notice_contact():
    """Who answers for the data, in the ministry's words; "" where nothing was written."""
    kept = NoticeSettings.objects.first()
    return kept.contact if kept else ""
