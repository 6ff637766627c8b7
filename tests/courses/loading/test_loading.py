"""Courses from files: made once, changed where the file changed, and never at the cost of what people learned."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site

from cms.models import HomePage
from courses.models import CourseEdition, CoursePage, LessonOutline, LessonPage, LessonProgress, Topic
from courses.progress.fold import NOTHING
from lms.accounts.models import User

pytestmark = pytest.mark.django_db

ACTIVITIES = [f"aaaaaaaa-000{number}-4aaa-8aaa-aaaaaaaaaaaa" for number in range(1, 10)]


@pytest.fixture
def editor(db):
    """Somebody who writes in the studio."""
    return User.objects.create_superuser("editor", "password-of-editor", name="บรรณาธิการ")


def lesson(slug):
    return LessonPage.objects.get(slug=slug)


def blocks(page):
    return [(block.block_type, block.id) for block in page.body]


def states(outcome):
    return {state: len(titles) for state, titles in outcome.lessons.items()}


def test_a_first_load_makes_the_site_the_shelf_and_the_course(folder):
    [outcome] = folder.load()
    assert (outcome.course, states(outcome)) == ("made", {"made": 2})
    site = Site.objects.get(is_default_site=True)
    assert (site.site_name, site.root_page.specific) == ("ศาลา", HomePage.objects.get(slug="sala"))
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [HomePage]
    assert Topic.objects.count() == 6
    course = CoursePage.objects.live().get()
    assert [page.slug for page in course.lessons()] == ["costs", "price"]
    assert course.outcomes[0].value == "คิดทุนต่อชิ้นได้"
    assert course.group_activity["people"] == {"min": 4, "max": 8}
    assert lesson("price").url == "/en/courses/count-it/price/"
    assert CourseEdition.objects.count() == 1


def test_every_activity_keeps_the_id_of_its_file(folder):
    folder.load()
    kept = [activity for outline in LessonOutline.objects.order_by("position") for activity in outline.activities]
    assert sorted(kept) == ACTIVITIES


def test_numbers_are_kept_exactly(folder):
    folder.load()
    [number] = [block.value for block in lesson("price").body if block.block_type == "number"]
    assert (str(number["answer"]), str(number["tolerance"])) == ("11.50", "0.1")


def test_a_second_load_writes_nothing(folder):
    folder.load()
    revisions = list(Revision.objects.values_list("pk", flat=True))
    files = sorted((folder.path.parent / "media").rglob("*.svg"))
    with CaptureQueriesContext(connection) as queries:
        [outcome] = folder.load()
    assert (outcome.course, states(outcome)) == ("same", {"same": 2})
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert list(Revision.objects.values_list("pk", flat=True)) == revisions
    assert sorted((folder.path.parent / "media").rglob("*.svg")) == files


def test_a_changed_lesson_alone_gets_a_new_revision(folder):
    folder.load()
    before = blocks(lesson("costs"))
    folder.change("a/01.yaml", "อย่าปนเงินบ้าน", "อย่าปนเงินบ้านกับเงินขาย")
    folder.change("a/01.yaml", 'th: "ทุนมีหกก้อน"', 'th: "ทุนหกก้อน"')
    [outcome] = folder.load()
    assert (outcome.course, outcome.lessons) == ("same", {"changed": ["ทุนหกก้อน"], "same": ["ตั้งราคา"]})
    assert lesson("costs").title == "ทุนหกก้อน"
    assert lesson("costs").revisions.count() == 2
    moved = [there for here, there in zip(before, blocks(lesson("costs")), strict=True) if here != there]
    assert [kind for kind, _id in moved] == ["warning"]
    assert CourseEdition.objects.count() == 1


def test_a_changed_course_is_published(folder):
    folder.load()
    folder.change("a/course.yaml", "คิดทุนทีละก้อน", "คิดทุนให้ครบทุกก้อน")
    assert folder.load()[0].course == "changed"
    assert CoursePage.objects.live().get().summary == "คิดทุนให้ครบทุกก้อน"


def test_what_people_learned_stays_when_its_lesson_changes(folder, somsri):
    folder.load()
    page, now = lesson("costs"), timezone.now()
    progress = {"started_at": now, "last_at": now, "finished_at": now, "centre": somsri.home.centre}
    answers = {ACTIVITIES[0]: NOTHING | {"tries": 1, "answer": 0, "correct": True}}
    course = CoursePage.objects.get().key
    LessonProgress.objects.create(learner_id=somsri.pk, lesson=page.key, course=course, answers=answers, **progress)
    folder.change("a/01.yaml", "อะไรเป็นทุน", "อะไรนับเป็นทุน")
    folder.change("a/01.yaml", "slug: costs", "slug: six-costs")
    folder.load()
    kept = LessonProgress.objects.get(learner_id=somsri.pk, lesson=lesson("six-costs").key)
    assert kept.is_finished
    assert kept.answers == answers
    assert lesson("six-costs").pk == page.pk


def test_lessons_stand_in_the_order_of_their_files(folder):
    folder.load()
    folder.rename("a/01.yaml", "a/03.yaml")
    [outcome] = folder.load()
    assert (outcome.course, states(outcome)) == ("changed", {"same": 2})
    assert [page.slug for page in CoursePage.objects.get().lessons()] == ["price", "costs"]
    assert folder.load()[0].course == "same"


def test_lessons_may_exchange_their_addresses(folder):
    folder.load()
    keys = {page.slug: page.key for page in LessonPage.objects.all()}
    folder.change("a/01.yaml", "slug: costs", "slug: price")
    folder.change("a/02.yaml", "slug: price", "slug: costs")
    folder.load()
    assert (lesson("price").key, lesson("costs").key) == (keys["costs"], keys["price"])
    assert lesson("price").url == "/en/courses/count-it/price/"


def test_a_lesson_without_a_file_leaves_the_shelf_and_comes_back(folder, capsys):
    folder.load()
    text = (folder.path / "a/02.yaml").read_text()
    folder.remove("a/02.yaml")
    call_command("load_courses", folder.path)
    assert "taken off the shelf, as it has no file: ตั้งราคา" in capsys.readouterr().out
    assert [page.slug for page in CoursePage.objects.get().lessons()] == ["costs"]
    folder.write("a/02.yaml", text)
    assert states(folder.load()[0]) == {"same": 1, "changed": 1}
    assert [page.slug for page in CoursePage.objects.get().lessons()] == ["costs", "price"]


def test_what_was_edited_in_the_studio_is_kept_until_told_otherwise(folder, editor):
    folder.load()
    page = lesson("costs")
    page.outcome = "แก้ในสตูดิโอ"
    page.save_revision(user=editor).publish(user=editor)
    folder.change("a/01.yaml", "minutes: 10", "minutes: 11")
    assert states(folder.load()[0]) == {"kept": 1, "same": 1}
    assert (lesson("costs").outcome, lesson("costs").minutes) == ("แก้ในสตูดิโอ", 10)
    assert states(folder.load(overwrite=True)[0]) == {"changed": 1, "same": 1}
    assert (lesson("costs").outcome, lesson("costs").minutes) == ("บอกทุนได้ครบ", 11)


def test_what_was_taken_down_in_the_studio_stays_down_until_told_otherwise(folder, editor):
    folder.load()
    lesson("costs").unpublish(user=editor)
    assert states(folder.load()[0]) == {"kept": 1, "same": 1}
    assert [page.slug for page in CoursePage.objects.get().lessons()] == ["price"]
    CoursePage.objects.get().unpublish(user=editor)
    assert folder.load()[0].course == "kept"
    assert not CoursePage.objects.live().exists()
    folder.load(overwrite=True)
    assert [page.slug for page in CoursePage.objects.live().get().lessons()] == ["costs", "price"]


def test_a_lesson_written_in_the_studio_stays_and_comes_last(folder, editor):
    folder.load()
    course = CoursePage.objects.get()
    course.add_child(instance=LessonPage(title="ของเรา", slug="ours", owner=editor))
    folder.write("a/03.yaml", (folder.path / "a/02.yaml").read_text().replace("33333333", "44444444"))
    folder.change("a/03.yaml", "slug: price", "slug: sell")
    for number in range(5, 10):
        folder.change("a/03.yaml", f"-000{number}-", f"-001{number}-")
    folder.load()
    assert [page.slug for page in course.lessons()] == ["costs", "price", "sell", "ours"]
    folder.change("a/03.yaml", "slug: sell", "slug: ours")
    assert [problem[:3] for problem in folder.problems()] == [("a/03.yaml", 2, "slug")]


def test_a_picture_is_stored_once_and_again_only_when_it_changed(folder):
    folder.change("a/02.yaml", "picture: label", "picture: abacus")
    folder.load()
    Image = get_image_model()
    assert sorted(Image.objects.values_list("title", flat=True)) == ["abacus", "basket", "coin"]
    coin = Image.objects.get(title="coin")
    coin.file_hash = "of an older drawing"
    coin.save()
    folder.load()
    coin.refresh_from_db()
    assert coin.file_hash != "of an older drawing"
    assert coin.file.storage.exists(coin.file.name)
