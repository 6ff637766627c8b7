"""The address of a bucket is understood, or refused without a word of what is in it."""

import pytest

from lms.settings.bucket import storage


def test_its_parts_are_what_they_say():
    here = storage("s3://key:a%2Fb%2Bc@10.0.0.5:9000/sala-media?tls=no&region=ap-southeast-7")
    assert here["OPTIONS"] == {
        "endpoint_url": "http://10.0.0.5:9000",
        "bucket_name": "sala-media",
        "access_key": "key",
        "secret_key": "a/b+c",
        "region_name": "ap-southeast-7",
    }
    there = storage("s3://key:word@s3.example.go.th/sala")["OPTIONS"]
    assert (there["endpoint_url"], there["region_name"]) == ("https://s3.example.go.th", "us-east-1")


@pytest.mark.parametrize(
    "url",
    [
        "https://key:word@s3.example.go.th/sala",
        "s3://s3.example.go.th/sala",
        "s3://key@s3.example.go.th/sala",
        "s3://key:word@s3.example.go.th/",
        "s3://key:word@s3.example.go.th/sala/media",
        "s3://key:word@s3.example.go.th:door/sala",
        "s3://key:word@s3.example.go.th/sala?tls=maybe",
        "s3://key:word@s3.example.go.th/sala?zone=1",
        "s3://key:word@s3.example.go.th/sala?tls",
    ],
)
def test_what_is_unclear_is_refused(url):
    with pytest.raises(ValueError) as refused:
        storage(url)
    assert "word" not in str(refused.value)
