"""The process that reads a file: `python -m courses.authoring.importing.reading FILE FOLDER NAME`.

It knows no database and no settings, may use only so much memory and time, and writes nothing but its folder:
`found.json`, which holds a problem or what was found, and the media beside it. It says its progress line by line.
"""

import json
import resource
import signal
import sys
import zipfile
from pathlib import Path, PurePosixPath

from courses.authoring.importing import archives, limits
from courses.authoring.importing.problems import ImportProblem

FOUND = "found.json"


def main(path, folder, name):
    sys.setrecursionlimit(2_000)
    try:
        found = _found(Path(path), Path(folder), name)
    except ImportProblem as problem:
        found = {"problem": problem.as_json()}
    except MemoryError:
        found = {"problem": {"code": "too_much_memory", "details": {}}}
    except RecursionError:
        found = {"problem": {"code": "too_deep", "details": {}}}
    Path(folder, FOUND).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8", errors="replace")


def _found(path, folder, name):
    from courses.authoring.importing.book import Book
    from courses.authoring.importing.kinds import kind_of
    from courses.authoring.importing.media import Media

    if path.stat().st_size > limits.FILE:
        raise ImportProblem("file_too_large", megabytes=limits.FILE // limits.MB)
    kind = kind_of(path, name)
    book = Book(PurePosixPath(name).stem, Media(folder), _say)
    with _archive(path, kind) as archive:
        kind.read(path, book, archive)
    return book.as_json(kind.name)


class _None:
    def __enter__(self):
        return None

    def __exit__(self, *error):
        pass


def _archive(path, kind):
    if not kind.inside:
        return _None()
    return archives.open_zip(path) if zipfile.is_zipfile(path) else archives.open_tar(path)


def _say(done, total):
    """Per cent, for whoever waits."""
    print(min(99, 100 * done // max(total, 1)), flush=True)


def restrict():
    """Take the right to much memory and time away from this process, for good, whoever started it lives or not.

    What the limit of addresses allows above now cannot all be in memory at once with more than MEMORY together.
    """
    signal.alarm(limits.WALL_SECONDS)
    for what, most in ((resource.RLIMIT_CPU, limits.CPU_SECONDS), (resource.RLIMIT_FSIZE, limits.OUTPUT)):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages, resident = map(int, Path("/proc/self/statm").read_text().split()[:2])
    page = resource.getpagesize()
    most = pages * page + limits.MEMORY - limits.MEMORY_SPARE - resident * page
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    restrict()
    main(*sys.argv[1:])
