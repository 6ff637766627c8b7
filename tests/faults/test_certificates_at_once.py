"""Several people open the same learner's first certificate in the same moment, before there is any key."""

import pytest

OPEN = """
import threading
from django.db import connection
from courses.certificates import certificate_of, pdf_of
from courses.models import Certificate, CertificateSheet, Enrolment, SigningKey
CertificateSheet.objects.all().delete()
Certificate.objects.all().delete()
SigningKey.objects.all().delete()
finished = list(Enrolment.objects.completed().order_by("completed_at")[:5])
start, found, failed = threading.Barrier(4), set(), []
def open_them():
    for enrolment in finished:
        start.wait()
        try:
            given = certificate_of(enrolment)
            found.add((given.number, pdf_of(given, "https://sala.example")))
        except Exception as problem:
            failed.append(repr(problem))
    connection.close()
people = [threading.Thread(target=open_them) for _ in range(4)]
for person in people:
    person.start()
for person in people:
    person.join()
print(failed, len(found), Certificate.objects.count(), SigningKey.objects.count(), CertificateSheet.objects.count())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "site", ["live_site", pytest.param("postgres_site", marks=pytest.mark.xdist_group("postgres"))]
)
def test_there_is_one_certificate_one_paper_and_one_key(site, request):
    site = request.getfixturevalue(site)
    assert site.shell(OPEN) == "[] 5 5 1 5\n"
