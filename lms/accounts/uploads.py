"""Where uploaded files are: in a folder, or in a bucket (lms/bucket.py)."""

from django.core.files.storage import default_storage


def bucket():
    """The bucket; None where uploads are in a folder."""
    return default_storage if getattr(default_storage, "bucket_name", None) else None
