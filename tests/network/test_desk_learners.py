"""The caretaker sees who was here and how far each has got."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Enrolment, LessonPage, LessonProgress
from lms.accounts.models import User
from lms.centres.models import AuditEntry, HomeCentre
from tests.counting import queries_for_one_and_for_many
from tests.many import begun, many_courses

DESK, LIST = "/desk/", "/desk/learners/"


@pytest.fixture
def learned():
    """Somebody learned some days ago: learned(somsri, course, finished=1, days=3)."""

    def make(learner, course, finished=0, days=0, completed=False):
        at = timezone.now() - timedelta(days=days)
        centre = learner.home.centre
        lessons = list(LessonPage.objects.child_of(course).order_by("path"))
        for place, lesson in enumerate(lessons[: finished + 1]):
            LessonProgress.objects.create(
                learner_id=learner.pk,
                lesson=lesson.key,
                course=course.key,
                started_at=at,
                last_at=at,
                centre=centre,
                finished_at=at if place < finished else None,
            )
        return Enrolment.objects.create(
            learner_id=learner.pk,
            course=course.key,
            started_at=at,
            last_at=at,
            last_lesson=lessons[0].key,
            centre=centre,
            lessons_finished=finished,
            completed_at=at if completed else None,
        )

    return make


def page(browser, url="/en/desk/learners/", **search):
    answer = browser.get(url, search)
    assert answer.status_code == 200
    return answer.content.decode()


def text(html):
    return " ".join(html.split())


def test_every_learner_is_there_with_what_they_reached(desk, somsri, thongbai, course, learned):
    learned(somsri, course, finished=1)
    html = text(page(desk))
    assert somsri.name in html
    assert "คิดทุนให้ครบ" in html
    assert "1 of 2 lessons learned" in html
    assert "1 begun, 0 finished" in html
    assert "Has not begun a course" in html  # ป้าทองใบ


def test_a_finished_course_says_so(desk, somsri, course, learned):
    learned(somsri, course, finished=2, completed=True)
    html = text(page(desk))
    assert "Course finished" in html
    assert "1 begun, 1 finished" in html


def test_at_most_three_courses_are_named_the_latest_first(desk, somsri, write_course, learned):
    for n in range(5):
        learned(somsri, write_course(f"วิชา {n}"), days=n)
    html = text(page(desk))
    assert html.index("วิชา 0") < html.index("วิชา 2")
    assert "วิชา 3" not in html
    assert "and 2 more" in html


def test_a_course_that_was_taken_away_breaks_nothing(desk, somsri, course, learned):
    learned(somsri, course)
    course.delete()
    assert "A course that is no longer here" in page(desk)
    assert "A course that is no longer here" in page(desk, f"/en/desk/learners/{somsri.pk}/")


def test_the_figures_count_the_last_seven_days(desk, ban_nong_bua, learner_at, course, learned):
    for n, days in enumerate((0, 6, 8)):
        learned(learner_at(ban_nong_bua, f"คน {n}"), course, finished=2, days=days)
    answer = desk.get(LIST)
    assert answer.context["figures"] == {"learners": 3, "active": 2, "lessons": 4}


def test_other_centres_are_not_counted(desk, fah, course, learned):
    learned(fah, course, finished=2)
    assert desk.get(LIST).context["figures"] == {"learners": 0, "active": 0, "lessons": 0}
    assert fah.name not in page(desk)


def test_those_active_this_week_and_those_away_can_be_picked(desk, ban_nong_bua, learner_at, course, learned):
    today, older, away, new = (learner_at(ban_nong_bua, name) for name in ("ก้อย", "บุญ", "จันทร์", "ใหม่"))
    User.objects.exclude(pk=new.pk).update(date_joined=timezone.now() - timedelta(days=60))
    learned(today, course)
    learned(older, course, days=10)
    learned(away, course, days=15)

    def shown(show):
        return [learner.name for learner in desk.get(LIST, {"show": show}).context["page"]]

    assert shown("week") == ["ก้อย"]
    assert shown("away") == ["จันทร์"]  # not ใหม่, who came today and has not begun
    assert len(shown("")) == len(shown("nonsense")) == 4


@pytest.mark.parametrize("part", ["ทอง", "ใบ", "ป้าทองใบ"])
def test_thongbai_is_found_by_any_part_of_her_name(desk, somsri, thongbai, part):
    html = page(desk, q=part)
    assert thongbai.name in html
    assert somsri.name not in html


def test_an_empty_desk_says_what_to_do(desk):
    assert "No learner yet" in page(desk)
    assert "Nobody like this is here" in page(desk, q="ฮ")


def test_fifty_are_on_a_page(desk, ban_nong_bua):
    crowd(ban_nong_bua, 120)
    assert [len(desk.get(LIST, {"page": n}).context["page"]) for n in (1, 3)] == [50, 20]
    assert "51–100 of 120 people" in page(desk, page=2)


def crowd(centre, count, courses=()):
    people = User.objects.bulk_create([User(name=f"คนที่ {n:03}", age_band="60+") for n in range(count)])
    HomeCentre.objects.bulk_create([HomeCentre(learner=person, centre=centre) for person in people])
    return people


def test_300_learners_cost_no_more_queries_than_one(desk, ban_nong_bua, somsri, write_course):
    courses = [write_course(f"วิชา {n}") for n in range(2)]
    begun(somsri, courses[:1])

    def ask():
        return desk.get(LIST).context["page"].paginator.count

    def add_learners(count):
        for person in crowd(ban_nong_bua, count):
            begun(person, courses)

    assert queries_for_one_and_for_many(ask, add_learners) == 11


def test_a_learners_page_tells_each_lesson_in_words(desk, somsri, write_course, learned):
    learned(somsri, write_course(lessons=3), finished=1)
    html = text(page(desk, f"/en/desk/learners/{somsri.pk}/"))
    assert html.index("Learned</span>") < html.index("Learning now") < html.index("Not begun")
    thai = page(desk, f"/desk/learners/{somsri.pk}/")
    assert all(word in thai for word in ("เรียนแล้ว", "กำลังเรียน", "ยังไม่เริ่ม"))


def test_a_learners_page_costs_the_same_queries_for_one_course_and_for_300(desk, somsri, shelf):
    begun(somsri, many_courses(shelf, 1))

    def ask():
        return len(desk.get(f"/desk/learners/{somsri.pk}/").context["courses"])

    def add_courses(count):
        begun(somsri, many_courses(shelf, count, lessons=2))

    assert queries_for_one_and_for_many(ask, add_courses) == 16


def test_the_timeline_is_of_all_that_happened_the_newest_first(desk, nok, somsri, hands_on, did, device):
    day = 24 * 60
    did(somsri, hands_on, "started", ago=5 * day)
    did(somsri, hands_on, "task", {"done": [0]}, ago=3 * day, by=nok, verb="checked")
    did(somsri, hands_on, "task", {"done": [0, 1, 2]}, ago=2 * day, by=nok, verb="checked")
    did(somsri, hands_on, "finished", ago=day)
    somsri.sign_ins.create(device=device, session_key="x", started_at=timezone.now() - timedelta(days=4))
    answer = desk.get(f"/desk/learners/{somsri.pk}/")
    assert [(what, words) for _at, what, words in answer.context["timeline"].entries] == [
        ("finished", hands_on.title),
        ("passed", hands_on.title),
        ("again", hands_on.title),
        ("visit", device.name),
        ("started", hands_on.title),
    ]


def test_a_lesson_tells_every_answer_in_words(desk, somsri, hands_on, did):
    for answer in (0, 0, 1):
        did(somsri, hands_on, "single_choice", answer)
    did(somsri, hands_on, "task", [0, 2])
    url = f"/en/desk/learners/{somsri.pk}/lessons/{hands_on.key}/"
    html = text(page(desk, url))
    for words in ("อะไรเป็นทุน", "ค่าแรงตัวเอง", "ค่าดูหนัง", "3 tries", "Right", "คิดทุนของเรา", "จดทุกอย่างที่ซื้อ"):
        assert words in html
    choice, task = desk.get(url).context["asked"]
    assert [attempt.is_right for attempt in choice.attempts] == [True, False, False]
    assert task.latest.lines == ["จดทุกอย่างที่ซื้อ", "หารแล้ว"]
    assert url in page(desk, f"/en/desk/learners/{somsri.pk}/")


def test_an_answer_to_a_question_that_was_taken_away_is_still_told(desk, somsri, hands_on, did):
    did(somsri, hands_on, "single_choice", 0)
    del hands_on.body[0]
    hands_on.save_revision().publish()
    html = page(desk, f"/en/desk/learners/{somsri.pk}/lessons/{hands_on.key}/")
    assert "A question that is no longer in the lesson" in html
    assert "ค่าดูหนัง" in html


def test_a_lesson_costs_the_same_queries_for_one_try_and_for_many(desk, somsri, hands_on, did):
    did(somsri, hands_on, "single_choice", 0)
    url = f"/desk/learners/{somsri.pk}/lessons/{hands_on.key}/"

    def ask():
        return desk.get(url).context["asked"][0].tries

    def add_tries(count):
        for _ in range(count):
            did(somsri, hands_on, "single_choice", 0)

    assert queries_for_one_and_for_many(ask, add_tries) <= 8


def test_every_look_at_a_person_is_written_down(desk, nok, ban_nong_bua, somsri, hands_on, did):
    did(somsri, hands_on, "started")
    for url in ("", f"lessons/{hands_on.key}/"):
        desk.get(f"/desk/learners/{somsri.pk}/{url}")
    desk.get(LIST)
    looks = AuditEntry.objects.filter(actor=nok.pk, subject=somsri.pk, centre=ban_nong_bua, action="looked")
    assert sorted(looks.values_list("detail", flat=True)) == ["", f"lesson {hands_on.key}"]
    assert AuditEntry.objects.filter(actor=nok.pk, action="listed", detail="learners").count() == 1


def test_a_lesson_that_was_not_begun_or_is_anothers_is_not_found(
    desk, client, kham, somsri, thongbai, fah, hands_on, did
):
    did(somsri, hands_on, "started")
    did(fah, hands_on, "started")
    for learner in (thongbai, fah):
        assert desk.get(f"/desk/learners/{learner.pk}/lessons/{hands_on.key}/").status_code == 404
    client.force_login(kham)
    assert client.get(f"/desk/learners/{somsri.pk}/lessons/{hands_on.key}/").status_code == 404


def test_a_learners_page_tells_of_code_and_visits(desk, somsri, device, set_code):
    url = f"/en/desk/learners/{somsri.pk}/"
    assert "There is none yet" in page(desk, url)
    assert "Not signed in yet" in page(desk, url)
    code = set_code(somsri, "fish-lotus-mango")
    code.locked_at = timezone.now()
    code.save()
    for _ in range(17):
        somsri.sign_ins.create(device=device, session_key="x")
    html = page(desk, url)
    assert "Locked since" in html
    assert html.count("Came to the centre") == 15
    assert page(desk, url, page=2).count("Came to the centre") == 2


def test_another_centres_caretaker_finds_nobody(client, kham, somsri):
    client.force_login(kham)
    assert somsri.name not in page(client)
    for url in (f"{DESK}learners/{somsri.pk}/", f"{DESK}learners/{somsri.pk}/code/", f"{LIST}?centre=TH-32-0001"):
        assert client.get(url).status_code == 404, url


def test_the_desk_is_not_there_for_learners_and_the_ministry(client, somsri, wipha, device):
    for person in (somsri, wipha):
        client.force_login(person)
        for url in (DESK, f"{DESK}learners/{somsri.pk}/", f"{DESK}learners/new/", f"{DESK}devices/"):
            assert client.get(url).status_code == 404, url
        assert client.post(f"{DESK}devices/{device.pk}/").status_code == 404


def test_nobody_is_sent_to_sign_in(client, somsri, device):
    for url in (DESK, f"{DESK}learners/{somsri.pk}/", f"{DESK}learners/new/", f"{DESK}devices/"):
        assert client.get(url)["Location"] == f"/sign-in/?next={url}"
    assert client.get("/en/desk/")["Location"] == "/en/sign-in/?next=/en/desk/"
    assert client.post(f"{DESK}devices/{device.pk}/")["Location"].startswith("/sign-in/")


def test_a_caretaker_whose_time_is_over_finds_nothing(desk, nok):
    nok.memberships.get().end(on=timezone.localdate() - timedelta(days=1))
    assert desk.get(LIST).status_code == 404


def test_a_core_member_reads_and_changes_nothing(client, ek, ban_nong_bua, somsri, device):
    client.force_login(ek)
    html = page(client)
    assert somsri.name in html
    assert "New learner" not in html
    assert "Set a code" not in page(client, f"/en/desk/learners/{somsri.pk}/")
    assert "Remove" not in page(client, "/en/desk/devices/")
    for url in (f"{DESK}learners/{somsri.pk}/code/", f"{DESK}devices/", f"{DESK}devices/{device.pk}/"):
        assert client.post(url, {"name": "x"}).status_code == 404, url
    assert client.get(f"{DESK}learners/new/").status_code == 404


def test_who_cares_for_two_centres_chooses(desk, nok, ban_pua, somsri, fah):
    ban_pua.appoint_caretaker(nok)
    assert somsri.name in page(desk)
    html = page(desk, centre=ban_pua.code)
    assert fah.name in html
    assert somsri.name not in html
    assert desk.get(LIST, {"centre": "TH-99-9999"}).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "ก " * 2500, "q=%ED%A0%80", "page=-1", "page=" + "9" * 4999, "page=x", "show=%00", "q[]=1"],
)
def test_an_odd_search_is_answered(desk, somsri, query):
    assert desk.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["centre=%00", "centre=" + "x" * 5000, "centre=%ED%A0%80"])
def test_an_odd_centre_is_not_found(desk, query):
    assert desk.get(f"{LIST}?{query}").status_code == 404


def test_pages_with_names_are_kept_in_no_cache(desk, somsri):
    for url in (DESK, f"{DESK}learners/{somsri.pk}/", f"{DESK}devices/"):
        assert "no-store" in desk.get(url)["Cache-Control"]
