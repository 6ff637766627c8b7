"""What Wagtail lists for an author costs as many queries for many rows as for one."""

import pytest
from django.test import Client

from cms.models import CentreFiles
from courses.authoring.drafts import local_course
from tests.counting import queries_for_one_and_for_many
from tests.courses.authoring.places import document, picture
from tests.many import many_lessons


@pytest.fixture
def nok_reads(nok, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(nok)

    def read(address, name):
        return len(client.get(address).context[name])

    return read


def test_the_lessons_of_a_course(shelf, nok, ban_nong_bua, nok_reads):
    course = local_course(ban_nong_bua, nok)
    many_lessons(course, 1)
    address = f"/studio/pages/{course.pk}/"
    queries_for_one_and_for_many(
        lambda: nok_reads(address, "pages"), lambda count: many_lessons(course, count), shown=20
    )


@pytest.mark.parametrize(
    "kind, make, shown", [("images", picture, 30), ("documents", document, 20)], ids=["pictures", "documents"]
)
def test_the_files_of_a_centre(kind, make, shown, nok_reads, ban_nong_bua):
    first = make("หนึ่ง", CentreFiles.objects.collection_of(ban_nong_bua))
    told = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields} | {"id": None}

    def read():
        return nok_reads(f"/studio/{kind}/", "page_obj")

    def add(count):
        type(first).objects.bulk_create(type(first)(**told) for _ in range(count))
        read()  # pictures are made small when they are first seen

    queries_for_one_and_for_many(read, add, shown)
