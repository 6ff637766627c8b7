"""What is a recording: known by what is in the file, as a name says nothing."""

from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024  # ten minutes of talk; more is no part of a lesson, and costs a phone's data
HEAD = 64 * 1024  # in which each kind says what it is, behind the picture that a player may have put in front
NAMES = {"ogg": (".ogg", ".oga", ".opus"), "mp3": (".mp3",), "m4a": (".m4a", ".mp4"), "wav": (".wav",)}
OGG_VOICES = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")
MP3_RATES, MP3_SPEEDS = range(1, 15), range(3)  # 0 and 15, and 3, stand in no sound


@dataclass(frozen=True)
class Sound:
    """A file that is read out: `part` is the id of its block, or None for the lesson's own title and outcome."""

    part: str | None
    url: str
    size: int


def check_sound(file):
    """Raise ValidationError in words unless the file is a sound that browsers play."""
    if file.size > LARGEST:
        raise ValidationError(_("This recording is larger than 10 MB. Record it in parts, or make it smaller."))
    kind = kind_of(file)
    if kind is None:
        raise ValidationError(_("This is no recording that can be played. Choose an MP3, M4A, Ogg (Opus) or WAV file."))
    if PurePath(file.name).suffix.lower() not in NAMES[kind]:
        raise ValidationError(
            _("The name of this file does not fit what is in it. Give it the ending %(ending)s and choose it again."),
            params={"ending": NAMES[kind][0]},
        )


def kind_of(file):
    """ogg, mp3, m4a or wav; None for anything else, a film too."""
    file.open("rb")
    with file:
        head = file.read(HEAD)
        if head[:3] == b"ID3" and len(head) > 10:
            file.seek(10 + _spread(head[6:10]))
            return "mp3" if _begins_mp3(file.read(4)) else None
        if head[4:8] == b"ftyp":
            return "m4a" if _holds_only_sound(file) else None
    if head[:4] == b"OggS":
        return "ogg" if any(voice in head[:512] for voice in OGG_VOICES) else None
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav" if b"fmt " in head[:512] else None
    return "mp3" if _begins_mp3(head[:4]) else None


def _spread(four):
    """A number of ID3: seven bits in each byte."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(four, (21, 14, 7, 0), strict=True))


def _begins_mp3(four):
    """A frame of MPEG sound, layer III."""
    if len(four) < 4 or four[0] != 0xFF or four[1] & 0xE6 != 0xE2 or four[1] >> 3 & 3 == 1:
        return False
    return four[2] >> 4 in MP3_RATES and four[2] >> 2 & 3 in MP3_SPEEDS


def _holds_only_sound(file):
    """Whether the tracks of an MP4 are sound and nothing else: the `moov` box may stand first or last."""
    end, place = file.size, 0
    while place + 8 <= end:
        file.seek(place)
        size, name = int.from_bytes(file.read(4), "big"), file.read(4)
        if size == 1:
            size = int.from_bytes(file.read(8), "big")
        if name == b"moov":
            file.seek(place)
            tracks = file.read(min(size or end, LARGEST)).split(b"hdlr")[1:]
            kinds = {track[8:12] for track in tracks}
            return b"soun" in kinds and b"vide" not in kinds
        if size < 8:
            return False
        place += size
    return False
