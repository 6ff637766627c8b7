"""Uploads in a bucket of an S3 server, from one address."""

from urllib.parse import parse_qsl, unquote, urlsplit


def storage(url):
    """Django's STORAGES entry for `s3://key:secret@host/bucket`. Raises ValueError.

    Behind it may stand `?region=…`, which some servers want to be told, and `?tls=no` for one on the hub's own network.
    """
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and name) or "/" in name:
        raise ValueError("A part of it is missing.")
    asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)) if parts.query else {}
    if asked.keys() - {"region", "tls"} or asked.get("tls") not in (None, "yes", "no") or parts.fragment:
        raise ValueError("What stands behind its name is not known.")
    port = f":{parts.port}" if parts.port else ""
    options = {
        "endpoint_url": f"{'http' if asked.get('tls') == 'no' else 'https'}://{parts.hostname}{port}",
        "bucket_name": name,
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": asked.get("region", "us-east-1"),
    }
    return {"BACKEND": "lms.bucket.Bucket", "OPTIONS": options}
