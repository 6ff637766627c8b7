"""Short films as they come from phones, made into what cheap phones play over a slow line."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import ffmpeg
from cms.voice import made_by_ffmpeg, store_document

LONGEST = 3 * 60  # seconds
SECONDS = 400  # of the processor: a film of three minutes in full HD takes about two hundred
SHORT_SIDE = 480  # pixels, lying or standing
_SIZE = (
    f"scale=w='if(gte(iw,ih),-2,min({SHORT_SIDE},trunc(iw/2)*2))':h='if(gte(iw,ih),min({SHORT_SIDE},trunc(ih/2)*2),-2)'"
)
AS_FILM = (
    *("-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", "-t", str(LONGEST + 1)),
    *("-vf", _SIZE, "-fpsmax", "30", "-pix_fmt", "yuv420p"),
    *("-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-profile:v", "main", "-level", "3.1"),
    *("-crf", "27", "-maxrate", "700k", "-bufsize", "1400k"),
    *("-c:a", "aac", "-ac", "1", "-ar", "44100", "-b:a", "64k", "-movflags", "+faststart"),
)

NO_FILM = gettext_lazy("There is no film in this file that can be played. Choose another file, or film it again.")
TOO_LONG = gettext_lazy("This film is longer than 3 minutes. Film it in parts, or cut it on the phone first.")


def largest():
    """How many bytes a film may have as it comes."""
    return settings.SALA_FILM_MB * 1024 * 1024


def too_large():
    message = _("This film is larger than %(mb)s MB. Make it shorter, or film with a smaller size (480p).")
    return message % {"mb": settings.SALA_FILM_MB}


def check_film(upload):
    """Raise ValidationError in words for what cannot be a film, before the work begins."""
    if upload.size > largest():
        raise ValidationError(too_large(), code="too_large")
    if ffmpeg.kind_of_file(upload) not in ("mp4", "webm"):
        raise ValidationError(NO_FILM, code="no_film")


def store_film(upload, centre, user, title):
    """A new document of the studio with the film, in the centre's collection, or in the nation's for None.

    Takes as long as the film, or longer. Raises ValidationError in words where it is none; then nothing is stored.
    """
    check_film(upload)
    made, lasts = made_by_ffmpeg(upload, AS_FILM, ".mp4", NO_FILM, seconds=SECONDS, megabytes=1000)
    if lasts > LONGEST:
        raise ValidationError(TOO_LONG, code="too_long")
    return store_document(ContentFile(made, name=f"{uuid4().hex}.mp4"), centre, user, title)
