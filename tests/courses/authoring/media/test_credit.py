"""Whose knowledge a lesson is, is asked where it is shown or heard, and told to learners at its end."""

import pytest

CREDIT = {"credit": "ป้าแดง บ้านหนองบัว", "credit_consent": "on", "licence": "cc-by-4.0"}


def send(author, lesson, **more):
    fields = {name: value for name, value in (CREDIT | more).items() if value is not None}
    return author.post(f"/studio/media/{lesson.key}/credit/", fields)


def publish(lesson, draft):
    lesson.get_parent().specific.save_revision().publish()
    draft().save_revision().publish()
    return type(lesson).objects.get(pk=lesson.pk)


def test_it_goes_into_the_draft(author, lesson, draft):
    assert send(author, lesson).status_code == 302
    assert (draft().credit, draft().credit_consent, draft().licence) == ("ป้าแดง บ้านหนองบัว", True, "cc-by-4.0")
    lesson.refresh_from_db()
    assert lesson.credit == ""
    assert "ป้าแดง บ้านหนองบัว" in author.get(f"/studio/media/{lesson.key}/").content.decode()


def test_nobody_is_named_without_having_said_yes(author, lesson, draft):
    answer = send(author, lesson, credit_consent=None)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "ถามเจ้าของก่อน" in page and 'value="ป้าแดง บ้านหนองบัว"' in page
    assert draft().credit == ""


@pytest.mark.parametrize("licence", ["", "mine", None])
def test_a_licence_is_one_of_those(author, lesson, draft, licence):
    assert send(author, lesson, licence=licence).status_code == 400


@pytest.mark.parametrize("more", ["", "print/"])
def test_learners_read_it_at_the_lessons_end(author, lesson, draft, client, somsri, more):
    send(author, lesson)
    url = publish(lesson, draft).url
    client.force_login(somsri)
    page = client.get(url + more).content.decode()
    assert "ความรู้ของ ป้าแดง บ้านหนองบัว" in page
    assert "ใครก็ใช้และดัดแปลงได้" in page
    assert page.index("ตากแดดเดียว") < page.index("ความรู้ของ ป้าแดง")


def test_a_lesson_that_is_everybodys_says_nothing(lesson, draft, client, somsri):
    url = publish(lesson, draft).url
    client.force_login(somsri)
    assert "data-credit" not in client.get(url).content.decode()
