"""What people already have: slides, papers, books and courses of other programs, taken over as drafts.

A file is read by a process of its own (`reading.py`), which knows no database and may use little memory and time.
It leaves what it found in a folder (`parcel.py`); `work.py` looks through that and makes the drafts of it.
Nothing here that the reading process imports may import Django.
"""
