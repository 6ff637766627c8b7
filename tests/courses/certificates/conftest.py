"""A course that somebody has finished, and the certificate for it."""

import pytest

from cms.models import CertificateSettings
from courses.certificates import certificate_of
from courses.models import Enrolment

OUTCOMES = ["คิดต้นทุนต่อชิ้นได้ รวมค่าแรงของตัวเอง", "ตั้งราคาขายที่ไม่ขาดทุน"]


@pytest.fixture
def course(write_course):
    """Of two lessons, with what one can do afterwards."""
    course = write_course("คิดทุนให้ครบ", lessons=2)
    course.minutes = 90
    course.outcomes = [("outcome", text) for text in OUTCOMES]
    course.save()
    return course


@pytest.fixture
def finish(did):
    """finish(somsri, course): all lessons. Gives the enrolment."""

    def make(learner, course, ago=0):
        for lesson in course.lessons():
            did(learner, lesson, "finished", ago=ago)
        return Enrolment.objects.get(learner=learner, course=course.key)

    return make


@pytest.fixture
def given(finish, somsri, course):
    """ป้าสมศรี's certificate."""
    return certificate_of(finish(somsri, course))


@pytest.fixture
def signatories(db):
    """Who gives and signs, as set in the studio."""
    kept = CertificateSettings.load()
    kept.issuer, kept.signatory_name, kept.signatory_title = "กระทรวงตัวอย่าง", "ผู้ลงนามตัวอย่าง", "ตำแหน่งตัวอย่าง"
    kept.save()
