"""A piece of an uploaded file: phones ask for sound and film piece by piece, and some play nothing otherwise."""

import re

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

ONE_RANGE = re.compile("bytes=([0-9]{0,15})-([0-9]{0,15})")
BLOCK = 64 * 1024


def is_one_range(asked):
    """Whether a header asks for one piece, and not for several, or for something odd."""
    found = ONE_RANGE.fullmatch(asked)
    return bool(found) and any(found.groups())


def in_pieces(request, whole):
    """The response with the one range of bytes that was asked for; the whole where none was, or one too odd."""
    if not isinstance(whole, FileResponse):
        return whole
    whole["Accept-Ranges"] = "bytes"
    asked = request.headers.get("Range", "")
    if not is_one_range(asked):
        return whole
    size = int(whole["Content-Length"])
    first, last = _ends(*ONE_RANGE.fullmatch(asked).groups(), size)
    if first > last or first >= size:
        whole.file_to_stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _piece(whole, first, last, size)


def _ends(first, last, size):
    if not first:
        return max(size - int(last), 0), size - 1  # the last so many
    return int(first), min(int(last) if last else size - 1, size - 1)


def _piece(whole, first, last, size):
    file = whole.file_to_stream
    file.seek(first)
    piece = StreamingHttpResponse(_read(file, last - first + 1), status=206, content_type=whole["Content-Type"])
    piece._resource_closers.append(file.close)
    piece["Content-Length"], piece["Content-Range"] = last - first + 1, f"bytes {first}-{last}/{size}"
    for name in ("Accept-Ranges", "Last-Modified"):
        piece[name] = whole[name]
    return piece


def _read(file, left):
    while left > 0 and (block := file.read(min(BLOCK, left))):
        left -= len(block)
        yield block
