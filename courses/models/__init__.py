"""What is taught (pages), what learners did (events), how far they got (state), the counts, certificates."""

from courses.models.certificate import Certificate, CertificateCounter, CertificateSheet, SigningKey
from courses.models.count import ActiveMonth, CourseCount, ErasedCourseCount, ErasedLessonCount, LastHeard, LessonCount
from courses.models.course import CataloguePage, CoursePage, LessonPage, Topic
from courses.models.event import LearningEvent, RejectedEvent
from courses.models.group import GroupMember, GroupSession
from courses.models.outline import CourseEdition, LessonOutline
from courses.models.progress import Enrolment, LessonProgress
from courses.models.reading import Reading

__all__ = [
    "ActiveMonth",
    "CataloguePage",
    "Certificate",
    "CertificateCounter",
    "CertificateSheet",
    "CourseCount",
    "CourseEdition",
    "CoursePage",
    "Enrolment",
    "ErasedCourseCount",
    "ErasedLessonCount",
    "GroupMember",
    "GroupSession",
    "LastHeard",
    "LearningEvent",
    "LessonCount",
    "LessonOutline",
    "LessonPage",
    "LessonProgress",
    "Reading",
    "RejectedEvent",
    "SigningKey",
    "Topic",
]
