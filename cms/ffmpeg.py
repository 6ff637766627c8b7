"""Debian's ffmpeg, run on files that strangers made: it opens that one file as what it is, and nothing else.

Its readers are many and old. So what a file is, is known here by its first bytes, and ffmpeg is told; it may open no
list of other files, no address, and no codec that phones do not make; and it runs with little memory and time.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

HEAD = 64
MATROSKA = b"\x1a\x45\xdf\xa3"
MP4 = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
READERS = {"ogg": "ogg", "webm": "matroska", "mp4": "mov", "mp3": "mp3", "wav": "wav", "aac": "aac", "amr": "amr"}
SOUNDS = (
    "aac,mp3,mp3float,opus,vorbis,flac,amrnb,amrwb,pcm_s16le,pcm_s16be,pcm_s24le,pcm_f32le,pcm_u8,pcm_mulaw,pcm_alaw"
)
PICTURES = "h264,hevc,vp8,vp9,av1,libdav1d,mpeg4,h263,mjpeg"
BARE = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact")

# The shell sets the limits and becomes ffmpeg: Python may not run anything between fork and exec where it has threads.
LIMITED = 'ulimit -v "$1"; ulimit -t "$2"; ulimit -f "$3"; shift 3; exec nice -n 10 "$@"'
SECONDS_MADE = re.compile(rb"out_time_us=(\d+)")


class NoFfmpegError(Exception):
    """The program is not on this machine."""


class UnreadableError(Exception):
    """ffmpeg could not make anything of the file, or not within the limits; says what it said, for the log."""


def program():
    """Where it is, or raises NoFfmpegError."""
    found = shutil.which(settings.SALA_FFMPEG)
    if not found:
        raise NoFfmpegError(settings.SALA_FFMPEG)
    return found


def kind_of(head):
    """ogg, webm, mp4, mp3, wav, aac or amr by the first bytes; None for all else."""
    if head[:4] == b"OggS":
        return "ogg"
    if head[:4] == MATROSKA:
        return "webm"
    if head[4:8] in MP4:
        return "mp4"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[:6] in (b"#!AMR\n", b"#!AMR-"):
        return "amr"
    if head[:3] == b"ID3":
        return "mp3"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "aac"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "mp3"
    return None


def kind_of_file(file):
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return kind_of(head)


def converted(file, arguments, ending, *, seconds, megabytes=700, largest=64):
    """(the new file's bytes, seconds that it lasts). `largest` is how many MB ffmpeg may write.

    Raises UnreadableError or NoFfmpegError; nothing of it stays on the disk either way.
    """
    ffmpeg, kind = program(), kind_of_file(file)
    if kind is None:
        raise UnreadableError("no kind that is read")
    with tempfile.TemporaryDirectory(prefix="sala-film-") as folder:
        source, made = Path(folder) / "in", Path(folder) / f"out{ending}"
        with source.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        limits = [str(megabytes * 1024), str(seconds), str(largest * 2048)]  # KB, seconds, blocks of 512
        command = [ffmpeg, *_reading(kind, source), *arguments, *BARE, "-progress", "pipe:1", "-y", made]
        lasts = _run(["/bin/sh", "-c", LIMITED, "sh", *limits, *command], folder, seconds)
        return made.read_bytes(), lasts


def _reading(kind, source):
    quiet = ["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"]
    narrow = ["-protocol_whitelist", "file,pipe", "-codec_whitelist", f"{SOUNDS},{PICTURES}", "-f", READERS[kind]]
    return [*quiet, *narrow, "-i", source]


def _run(command, folder, seconds):
    environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=seconds * 2 + 10)
    except subprocess.TimeoutExpired as late:
        raise UnreadableError("took too long") from late
    if done.returncode:
        raise UnreadableError(done.stderr.decode(errors="replace")[-500:])
    times = SECONDS_MADE.findall(done.stdout)
    return int(times[-1]) / 1_000_000 if times else 0.0
