"""Uploads in a bucket that only the web servers can open: browsers load them from this site, and from nowhere else.

Only loaded where SALA_MEDIA_URL names one, as what it needs (requirements-hub.txt) is larger than Sala.
"""

import mimetypes
import threading

from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.encoding import filepath_to_uri
from django.utils.http import http_date
from django.views.static import was_modified_since
from storages.backends.s3 import S3Storage

from lms.ranges import BLOCK, is_one_range

# A thread waits for it, so nobody waits long. Checksums of the newest kind are unknown to many servers but Amazon's.
PATIENT = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=2,
    read_timeout=10,
    retries={"total_max_attempts": 2, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
NOT_THERE = (400, 404)  # 400: a name that no file can have
NO_SUCH_PIECE = 416


class Bucket(S3Storage):
    """Each thread has a connection of its own, as boto3 wants it, but what it knows of S3 (15 MB) is read once."""

    opening, session = threading.Lock(), None

    def __init__(self, **options):
        super().__init__(file_overwrite=False, default_acl=None, client_config=PATIENT, **options)

    @property
    def connection(self):
        with self.opening:
            return super().connection

    def _create_session(self):
        self.session = self.session or super()._create_session()
        return self.session

    @property
    def client(self):
        return self.connection.meta.client

    def url(self, name, *args, **kwargs):
        """Of this site, as if the file lay in a folder."""
        return settings.MEDIA_URL + filepath_to_uri(name)

    def names(self):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name)
        return {file["Key"] for page in pages for file in page.get("Contents", ())}

    def look(self):
        """Raises where the bucket is not there, or not ours."""
        self.client.head_bucket(Bucket=self.bucket_name)

    def sent(self, request, name):
        """The response with a file, or the piece of it that was asked for, as it comes from the bucket."""
        asked = request.headers.get("Range", "")
        try:
            found = self._found(name, asked if is_one_range(asked) else "")
        except ClientError as problem:
            status = problem.response["ResponseMetadata"]["HTTPStatusCode"]
            if status in NOT_THERE:
                raise Http404 from problem
            if status == NO_SUCH_PIECE:
                return HttpResponse(status=status, headers={"Content-Range": f"bytes */{self.size(name)}"})
            raise
        if not was_modified_since(request.headers.get("If-Modified-Since"), found["LastModified"].timestamp()):
            found["Body"].close()
            return HttpResponseNotModified()
        return _response(found, name)

    def _found(self, name, piece):
        if any(part in ("", ".", "..") for part in name.split("/")):
            raise Http404  # each file has one address
        return self.client.get_object(Bucket=self.bucket_name, Key=name, **({"Range": piece} if piece else {}))


def _response(found, name):
    kind, packing = mimetypes.guess_type(name)
    response = StreamingHttpResponse(
        found["Body"].iter_chunks(BLOCK),
        status=206 if "ContentRange" in found else 200,
        content_type="application/octet-stream" if packing or not kind else kind,
    )
    response._resource_closers.append(found["Body"].close)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = found["ContentLength"]
    response["Last-Modified"] = http_date(found["LastModified"].timestamp())
    if "ContentRange" in found:
        response["Content-Range"] = found["ContentRange"]
    return response
