"""The nation's studio: 2,222 centres with courses, 3,000 caretakers, 7,000 pages, a core member of 100 centres."""

from itertools import cycle, islice

from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from courses.authoring.drafts import make_draft
from courses.models import CataloguePage, CoursePage, LessonPage
from lms.accounts.models import SecondFactor, User
from lms.accounts.second_factor import MARK
from lms.centres.models import Centre, Membership, Region
from tests.many import many_centres, many_courses, many_lessons

CENTRES, CARETAKERS, PAGES, IN_CHARGE = 2222, 3000, 7000, 100


def seed():
    """Make it, and tell what a browser opens as whom."""
    many_centres(Centre.objects.first().subdistrict, CENTRES - Centre.objects.count())
    centres = list(Centre.objects.order_by("-pk"))
    shelf, body = CataloguePage.objects.get(), LessonPage.objects.live().order_by("path").first().body.raw_data
    courses = many_courses(shelf, len(centres), lessons=2)
    for course, centre in zip(courses, centres, strict=True):
        course.centre = centre
    CoursePage.objects.bulk_update(courses, ["centre"], batch_size=500)
    many_lessons(courses[0], 18)  # a screen of them
    many_lessons(courses[-1], PAGES - Page.objects.count() - 1)
    caretaker = _caretakers(centres)
    lesson = make_draft(courses[0], caretaker, title="ผ้าไหมบ้านเรา", body=[dict(block) for block in body])
    core = User.objects.create_user("studio-core", "studio-password", name="แกนนำ")
    core.appointments.create(region=Region.objects.first()).centres.set(centres[:IN_CHARGE])
    root = User.objects.create_superuser("studio-root", "studio-password")
    tree, edit = f"/studio/pages/{courses[0].pk}/", f"/studio/pages/{lesson.pk}/edit/"
    people = {"caretaker": caretaker, "core member": core, "superuser": root}
    return {
        "sessions": {who: _session(user) for who, user in people.items()},
        "screens": {
            "caretaker": {"tree": tree, "editor": edit},
            "core member": {"tree": f"/studio/pages/{shelf.pk}/", "editor": edit},
        },
    }


def _caretakers(centres):
    """Each centre has one, and some have two. Gives that of the first."""
    people = User.objects.bulk_create(
        User(username=f"studio-{n}", name=f"ครูคนที่ {n}", password="!") for n in range(CARETAKERS)
    )
    pairs = zip(people, islice(cycle(centres), CARETAKERS), strict=True)
    Membership.objects.bulk_create(
        Membership(user=person, centre=centre, role="caretaker", started_on=timezone.localdate())
        for person, centre in pairs
    )
    return people[0]


def _session(user):
    """Of somebody who has signed in, with the second factor if they need one."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[MARK] = str(SecondFactor.objects.get_or_create(user=user)[0].pk)
    session.save()
    return session.session_key
