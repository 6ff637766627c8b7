"""The papers of those under 20: what is taken home, what another age changes, and what is looked at again."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from lms.accounts.models import User
from lms.centres.consents import Guardian, Purpose, give
from lms.centres.models import AuditEntry, Consent, HomeCentre, Learner, SignIn

MOTHER = Guardian("แม่สมใจ", "mother")


@pytest.fixture
def ton(ban_nong_bua, learner_at):
    """ต้น, 14, at Ban Nong Bua."""
    return learner_at(ban_nong_bua, "ต้น", age_band="11-19", family_name="ใจดี")


def url(learner, page):
    return f"/en/desk/learners/{learner.pk}/{page}/"


def correct(desk, learner, **changes):
    known = {"name": learner.name, "family_name": learner.family_name, "age_band": learner.age_band, "language": "th"}
    return desk.post(url(learner, "correct"), known | changes)


def words(answer, **where):
    html = BeautifulSoup(answer.content, "html.parser")
    return " ".join((html.find(**where) if where else html.main).get_text(" ").split())


def long_ago(*learners):
    HomeCentre.objects.filter(learner__in=learners).update(since=timezone.localdate() - timedelta(days=366))


def to_look_at():
    return {learner.name for learner in Learner.objects.with_papers_to_look_at()}


@pytest.mark.parametrize(("language", "said"), [("/en", "I let ต้น learn"), ("", "หนังสือยินยอมของผู้ปกครอง")])
def test_a_paper_to_take_home_names_the_child_as_they_are_called(desk, ton, nok, language, said):
    answer = desk.get(f"{language}/desk/learners/{ton.pk}/guardian/paper/")
    paper = words(answer, class_="home-paper")
    assert said in paper and "ใจดี" not in paper and nok.name not in paper
    assert AuditEntry.objects.filter(subject=ton.pk, action="looked").exists()


def test_there_is_no_paper_for_who_is_of_age(desk, somsri):
    assert desk.get(url(somsri, "guardian/paper")).status_code == 404


@pytest.mark.parametrize(
    ("before", "after", "has_guardian", "said"),
    [
        ("0-10", "11-19", False, "They may learn meanwhile"),
        ("11-19", "0-10", False, "Until then they cannot sign in"),
        ("11-19", "0-10", True, "goes on"),
        ("11-19", "20-39", True, "They say themselves what they allow"),
        ("40-59", "11-19", False, "They may learn meanwhile"),
    ],
)
def test_another_age_says_once_what_it_changes(desk, ton, nok, before, after, has_guardian, said):
    User.objects.filter(pk=ton.pk).update(age_band=before)
    if has_guardian:
        give(ton, Purpose.LEARNING, nok, guardian=MOTHER)
    asked = correct(desk, ton, age_band=after)
    assert asked.status_code == 409 and said in words(asked)
    assert User.objects.get(pk=ton.pk).age_band == before
    done = correct(desk, ton, age_band=after, sure=after)
    assert done.status_code == 302 and done["Location"].endswith("/consents/")
    assert User.objects.get(pk=ton.pk).age_band == after


def test_a_yes_to_one_age_is_no_yes_to_another(desk, ton):
    assert correct(desk, ton, age_band="0-10", sure="20-39").status_code == 409


def test_an_age_that_changes_no_papers_is_kept_at_once(desk, somsri):
    assert correct(desk, somsri, age_band="60+").status_code == 302


def test_a_child_whom_no_guardian_allows_is_signed_out(desk, ton, device, sits_at):
    sits_at(ton, device)
    correct(desk, ton, age_band="0-10", sure="0-10")
    assert not SignIn.objects.filter(learner=ton, ended_at=None).exists()


def test_once_a_year_it_is_asked_whether_somebody_is_still_under_20(desk, ton, somsri):
    assert to_look_at() == set()
    long_ago(ton, somsri)
    assert to_look_at() == {"ต้น"}
    assert "Papers to look at again" in words(desk.get("/en/desk/"), id="left")
    assert "ต้น" in words(desk.get("/en/desk/learners/?show=papers"))
    assert "is the age still" in words(desk.get(f"/en/desk/learners/{ton.pk}/"))
    assert desk.post(url(ton, "age")).status_code == 302
    assert to_look_at() == set()
    assert "Papers to look at again" not in words(desk.get("/en/desk/"), id="left")


def test_whoever_put_the_age_right_has_asked(desk, ton):
    long_ago(ton)
    correct(desk, ton)
    assert to_look_at() == set()


def test_the_age_of_who_is_of_age_is_not_asked_for(desk, somsri):
    assert desk.post(url(somsri, "age")).status_code == 404


def test_what_a_guardian_allowed_is_asked_again_of_who_has_become_20(desk, ton, nok):
    give(ton, Purpose.LEARNING, nok, guardian=MOTHER)
    receipt = give(ton, Purpose.NEWS, nok)
    correct(desk, ton, age_band="20-39", sure="20-39")
    assert to_look_at() == {"ต้น"}
    assert "theirs to say now" in words(desk.get(f"/en/desk/learners/{ton.pk}/"))
    desk.post(url(ton, "consents"), {"withdraw": "news"})
    assert to_look_at() == set()
    desk.post(url(ton, "consents"), {"allow": "news", "how": "screen"})
    assert to_look_at() == set()
    assert Consent.objects.in_force().get(purpose="news").guardian_name == "" != receipt.guardian_name


def test_what_somebody_allowed_who_turns_out_to_be_under_20_is_the_guardians_to_say(desk, somsri):
    give(somsri, Purpose.NEWS, somsri)
    correct(desk, somsri, age_band="11-19", sure="11-19")
    assert to_look_at() == {somsri.name}
    assert "the guardian is to be asked" in words(desk.get(f"/en/desk/learners/{somsri.pk}/"))


def test_without_javascript_another_subdistrict_is_found_and_nothing_typed_is_lost(desk, ton, ban_pua):
    found = correct(desk, ton, name="ต้นกล้า", find="1", q=ban_pua.subdistrict.name_th)
    html = BeautifulSoup(found.content, "html.parser")
    assert found.status_code == 200 and html.find("input", {"name": "name"})["value"] == "ต้นกล้า"
    assert html.find("input", {"name": "subdistrict", "value": ban_pua.subdistrict_id})
    assert Learner.objects.get(pk=ton.pk).name == "ต้น"
    correct(desk, ton, subdistrict=ban_pua.subdistrict_id)
    assert HomeCentre.objects.get(learner=ton).subdistrict_id == ban_pua.subdistrict_id
    html = BeautifulSoup(desk.get(url(ton, "correct")).content, "html.parser")
    [chosen] = html.select("input[name=subdistrict][checked]")
    assert chosen["value"] == ban_pua.subdistrict_id


def test_a_subdistrict_may_stay_untold(desk, ton):
    html = BeautifulSoup(desk.get(url(ton, "correct")).content, "html.parser")
    [chosen] = html.select("input[name=subdistrict][checked]")
    assert chosen["value"] == ""
    correct(desk, ton, subdistrict="")
    assert HomeCentre.objects.get(learner=ton).subdistrict is None
