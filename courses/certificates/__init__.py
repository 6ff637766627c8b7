"""Certificates of courses that were finished: given, printed, checked by anybody, let go of."""

from courses.certificates.issuing import NoCourse, certificate_of, forget, pdf_of, rename, revoke
from courses.certificates.keys import Locked, rotate

__all__ = ["Locked", "NoCourse", "certificate_of", "forget", "pdf_of", "rename", "revoke", "rotate"]
