"""Zip and tar files that nobody vouches for: looked through before anything is unpacked, and read one by one.

Nothing is ever unpacked into a folder, so that no name leads anywhere; odd names are refused all the same, as no
honest program writes them.
"""

import tarfile
import zipfile
from dataclasses import dataclass

from courses.authoring.importing import limits
from courses.authoring.importing.problems import UNREADABLE, ImportProblem

LINK = 0o120000
FILE_TYPES = (0, 0o100000, 0o040000)
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Member:
    name: str
    size: int
    entry: object


class Archive:
    """The members of an archive by their names, with `read` for one of them."""

    def __init__(self, members, read, close):
        self._members, self._read, self._close = members, read, close

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._close()

    def __contains__(self, name):
        return name in self._members

    @property
    def names(self):
        return list(self._members)

    def size(self, name):
        return self._members[name].size

    def need(self, name, most=limits.XML_MEMBER):
        """The bytes of a file without which the others mean nothing."""
        if name not in self:
            raise ImportProblem("part_missing", name=shown(name))
        return self.read(name, most)

    def read(self, name, most=limits.MEMBER):
        """Its bytes. Raises KeyError if there is none of that name."""
        member = self._members[name]
        if member.size > most:
            raise ImportProblem("member_too_large", name=shown(name), megabytes=most // limits.MB)
        try:
            return self._read(member.entry, member.size)
        except ImportProblem:
            raise
        except UNREADABLE as error:
            raise ImportProblem("broken") from error


def open_zip(path):
    """Raises ImportProblem unless all that is in the zip file may be read."""
    try:
        file = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise ImportProblem("broken") from error
    try:
        entries = file.infolist()
        _check_count(len(entries))
        members = _checked((_of_zip(entry) for entry in entries), path.stat().st_size)
    except BaseException:
        file.close()
        raise
    return Archive(members, lambda entry, size: _all_of(file.open(entry), size), file.close)


def _of_zip(entry):
    mode = entry.external_attr >> 16
    if mode & 0o170000 == LINK or mode & 0o170000 not in FILE_TYPES:
        raise ImportProblem("link", name=shown(entry.filename))
    if entry.flag_bits & 0x1:
        raise ImportProblem("locked")
    if entry.compress_type not in PACKINGS:
        raise ImportProblem("broken")
    _check_ratio(entry.filename, entry.file_size, entry.compress_size)
    return None if entry.is_dir() else Member(entry.orig_filename, entry.file_size, entry)


def open_tar(path):
    """The same of a tar file packed by gzip. It is unpacked once to see how large it is, and not kept."""
    try:
        file = tarfile.open(path, "r:gz")  # noqa: SIM115 - the Archive closes it
    except UNREADABLE as error:
        raise ImportProblem("broken") from error
    try:
        members = _checked(_of_tar(file), path.stat().st_size)
    except ImportProblem:
        file.close()
        raise
    except UNREADABLE as error:
        file.close()
        raise ImportProblem("broken") from error
    return Archive(members, lambda entry, size: _all_of(file.extractfile(entry), size), file.close)


def _of_tar(file):
    """Told one by one: what is too large is seen before the rest of it is unpacked."""
    together = 0
    for count, entry in enumerate(file, 1):
        _check_count(count)
        together += entry.size
        _check_together(together)
        if not (entry.isreg() or entry.isdir()):
            raise ImportProblem("link", name=shown(entry.name))
        yield None if entry.isdir() else Member(entry.name.removeprefix("./"), entry.size, entry)


def _checked(found, packed):
    members, together = {}, 0
    for member in found:
        if member is None:
            continue
        check_name(member.name)
        if member.name in members:
            raise ImportProblem("twice", name=shown(member.name))
        together += member.size
        _check_together(together)
        members[member.name] = member
    if together > limits.RATIO_FROM and together > packed * limits.RATIO:
        raise ImportProblem("bomb")
    return members


def check_name(name):
    """No name may lead out of a folder, or be one that a system takes for something else."""
    parts = name.replace("\\", "/").split("/")
    odd = any(ord(letter) < 32 for letter in name) or len(name) > limits.NAME
    if odd or not name or name[0] in "/\\" or ".." in parts or (len(name) > 1 and name[1] == ":"):
        raise ImportProblem("odd_name", name=shown(name))


def shown(name):
    """A name for people: short, and readable where its letters were written by an old Windows."""
    try:
        name = name.encode("cp437").decode("cp874")
    except UnicodeError:
        name = "".join(letter if letter.isprintable() else "?" for letter in name)
    return name if len(name) <= 80 else f"…{name[-79:]}"


def _check_count(count):
    if count > limits.MEMBERS:
        raise ImportProblem("too_many_members", most=limits.MEMBERS)


def _check_together(size):
    if size > limits.UNPACKED:
        raise ImportProblem("unpacks_too_large", megabytes=limits.UNPACKED // limits.MB)


def _check_ratio(name, size, packed):
    if size > limits.RATIO_FROM and size > max(packed, 1) * limits.RATIO:
        raise ImportProblem("bomb", name=shown(name))


def _all_of(stream, size):
    """What was promised and no more."""
    with stream:
        data = stream.read(size + 1)
    if len(data) != size:
        raise ImportProblem("broken")
    return data
