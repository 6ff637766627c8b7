"""Why a file cannot be taken over. Told as a code; the words are in `words.py`, in the language of who reads them."""

import lzma
import struct
import tarfile
import zipfile
import zlib

UNREADABLE = (  # how readers that were written for whole files fail at others
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError),
    *(OSError, EOFError, RuntimeError),  # NotImplementedError and RecursionError are of the last
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
)


class ImportProblem(Exception):
    """The whole file is refused, and nothing is made of it."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code, self.details = code, details

    def as_json(self):
        return {"code": self.code, "details": self.details}
