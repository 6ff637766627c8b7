"""A lesson as a PDF on A4, for whoever has no machine at home: set by Typst, as browsers print Thai in many ways."""

from courses.printing.sheet import printed

__all__ = ["printed"]
