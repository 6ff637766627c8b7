"""Courses of Moodle, as its backup writes them (.mbz, since Moodle 2)."""
