"""Voices as they come from phones, made into small files that old browsers play."""

import logging
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model

from cms import ffmpeg
from cms.models import CentreFiles

LONGEST = 10 * 60  # seconds
LARGEST = 30 * 1024 * 1024  # as it comes: ten minutes of a phone's own recorder
SECONDS = 60  # of the processor
AS_VOICE = (
    *("-vn", "-sn", "-dn", "-map", "0:a:0", "-t", str(LONGEST + 1)),
    *("-ac", "1", "-ar", "24000", "-c:a", "aac", "-b:a", "32k", "-movflags", "+faststart"),
)

TOO_LARGE = _("This recording is larger than 30 MB. Record it in parts.")
TOO_LONG = _("This recording is longer than 10 minutes. Record it in parts.")
NO_SOUND = _("There is no voice in this file that can be played. Record it again, or choose another file.")
TOO_SHORT = _("There is nothing to hear: the recording ended at once. Press Record, speak, and then press Stop.")
NOT_NOW = _(
    "Recordings and films cannot be made ready on this machine. Tell whoever looks after it: ffmpeg is missing."
)

log = logging.getLogger(__name__)


def store_voice(upload, centre, user, title):
    """A new document of the studio with the voice, in the centre's collection, or in the nation's for None.

    Raises ValidationError in words where it is none; then nothing is stored.
    """
    return store_document(ContentFile(spoken(upload), name=f"{uuid4().hex}.m4a"), centre, user, title)


def spoken(upload):
    """The bytes of a small .m4a of one channel. Raises ValidationError in words."""
    if upload.size > LARGEST:
        raise ValidationError(TOO_LARGE, code="too_large")
    made, lasts = made_by_ffmpeg(upload, AS_VOICE, ".m4a", NO_SOUND, seconds=SECONDS, largest=8)
    if lasts > LONGEST:
        raise ValidationError(TOO_LONG, code="too_long")
    if lasts < 0.3:
        raise ValidationError(TOO_SHORT, code="too_short")
    return made


def made_by_ffmpeg(upload, arguments, ending, refusal, **limits):
    """(bytes, seconds), with whatever goes wrong said in words: `refusal` where it is the file."""
    try:
        return ffmpeg.converted(upload, arguments, ending, **limits)
    except ffmpeg.NoFfmpegError as missing:
        log.error("ffmpeg is not there: install it, or set SALA_FFMPEG")
        raise ValidationError(NOT_NOW, code="no_ffmpeg") from missing
    except ffmpeg.UnreadableError as unreadable:
        log.warning("ffmpeg could not read an upload: %s", unreadable)
        raise ValidationError(refusal, code="unreadable") from unreadable


def store_document(file, centre, user, title):
    collection = CentreFiles.objects.collection_of(centre)
    document = get_document_model()(title=title[:255], collection=collection, uploaded_by_user=user, file=file)
    document._set_document_file_metadata()
    try:
        document.save()
    except BaseException:
        document.file.storage.delete(document.file.name)
        raise
    return document
