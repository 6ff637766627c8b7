"""What looks odd in what was recorded, asked of the centre. Nothing is removed, changed or counted otherwise by it."""

from courses.oddities.looking import look

__all__ = ["look"]
