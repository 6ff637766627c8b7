"""What is taught (pages), what learners did (events), how far they got (state), the counts, certificates."""

from courses.models.answer_count import (
    ErasedLateCount,
    ErasedQuestionCount,
    LateCount,
    MovedAway,
    QuestionCount,
)
from courses.models.bank_question import BankQuestion
from courses.models.certificate import Certificate, CertificateCounter, CertificateSheet, SigningKey
from courses.models.count import ActiveMonth, CourseCount, ErasedCourseCount, ErasedLessonCount, LastHeard, LessonCount
from courses.models.course import CataloguePage, CoursePage, LessonPage, Topic, with_courses
from courses.models.event import LearningEvent, RejectedEvent
from courses.models.event_month import DetachedMonth
from courses.models.film import Film
from courses.models.group import GroupMember, GroupSession
from courses.models.lesson_import import LessonImport
from courses.models.lesson_words import LessonWords
from courses.models.oddity import Oddity, OddityMark
from courses.models.outline import CourseEdition, LessonOutline
from courses.models.people_count import (
    ANY_COURSE,
    AgeCount,
    CountedPerson,
    ErasedAgeCount,
    ErasedPeopleCount,
    PeopleCount,
)
from courses.models.progress import Enrolment, LessonProgress
from courses.models.reading import Reading
from courses.models.review import LessonReview, ReviewComment, ReviewReminder

__all__ = [
    "ANY_COURSE",
    "ActiveMonth",
    "AgeCount",
    "BankQuestion",
    "CataloguePage",
    "Certificate",
    "CertificateCounter",
    "CertificateSheet",
    "CountedPerson",
    "CourseCount",
    "CourseEdition",
    "CoursePage",
    "DetachedMonth",
    "Enrolment",
    "ErasedAgeCount",
    "ErasedCourseCount",
    "ErasedLateCount",
    "ErasedLessonCount",
    "ErasedPeopleCount",
    "ErasedQuestionCount",
    "Film",
    "GroupMember",
    "GroupSession",
    "LastHeard",
    "LateCount",
    "LearningEvent",
    "LessonCount",
    "LessonImport",
    "LessonOutline",
    "LessonWords",
    "LessonPage",
    "LessonProgress",
    "LessonReview",
    "MovedAway",
    "Oddity",
    "OddityMark",
    "PeopleCount",
    "QuestionCount",
    "Reading",
    "RejectedEvent",
    "ReviewComment",
    "ReviewReminder",
    "SigningKey",
    "Topic",
    "with_courses",
]
