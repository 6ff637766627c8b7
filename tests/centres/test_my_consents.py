"""A learner's own page of what they allow beyond learning; and the data notice."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from cms.models import NoticeSettings
from lms.centres.consents import Guardian, Purpose, give
from lms.centres.models import Consent

MINE = "/my-data/consents/"


@pytest.fixture
def own(somsri):
    """Her own browser."""
    browser = Client()
    browser.force_login(somsri)
    return browser


@pytest.fixture
def of_fah(fah):
    browser = Client()
    browser.force_login(fah)
    return browser


def test_nothing_is_ticked_and_it_may_be_passed_over(own):
    html = own.get(f"{MINE}?new=1").content.decode()
    assert html.count('type="checkbox"') == 3
    assert not [line for line in html.splitlines() if 'type="checkbox"' in line and "checked" in line]
    assert own.post(f"{MINE}?new=1")["Location"] == "/"
    assert not Consent.objects.exists()


def test_one_allows_on_the_screen_without_help(own, somsri):
    own.post(MINE, {"allow": "publicity"})
    receipt = Consent.objects.get()
    assert (receipt.learner_id, receipt.purpose, receipt.how) == (somsri.pk, "publicity", "screen")
    assert receipt.helped_by is None


def test_one_press_takes_it_back(own, somsri):
    give(somsri, Purpose.NEWS, by=somsri)
    assert 'name="withdraw" value="news"' in own.get(MINE).content.decode()
    own.post(MINE, {"withdraw": "news"})
    assert not Consent.objects.in_force().exists()
    assert own.post(MINE, {"withdraw": "news"}).status_code == 404


@pytest.mark.parametrize("odd", [{"allow": "learning"}, {"allow": ["news", "\0"]}, {"allow": "x" * 5000}])
def test_an_odd_form_is_told_so(own, odd):
    assert own.post(MINE, odd).status_code == 400
    assert not Consent.objects.exists()


@pytest.mark.parametrize("odd", ["\0", "learning", "x" * 5000, ""])
def test_what_was_never_allowed_cannot_be_taken_back(own, odd):
    assert own.post(MINE, {"withdraw": odd}).status_code == 404


def test_who_is_under_20_takes_back_alone_but_allows_with_the_guardian(of_fah, fah, kham):
    assert 'type="checkbox"' not in of_fah.get(MINE).content.decode()
    assert of_fah.post(MINE, {"allow": "news"}).status_code == 403
    give(fah, Purpose.LEARNING, by=kham, guardian=Guardian("แม่สมใจ", "mother"))
    give(fah, Purpose.NEWS, by=kham)
    html = of_fah.get(MINE).content.decode()
    assert 'value="news"' in html
    assert 'value="learning"' not in html  # the guardian's own, taken back at the desk
    assert of_fah.post(MINE, {"withdraw": "learning"}).status_code == 404
    of_fah.post(MINE, {"withdraw": "news"})
    assert [receipt.purpose for receipt in Consent.objects.in_force()] == ["learning"]


def test_others_receipts_are_not_touched(own, thongbai):
    give(thongbai, Purpose.NEWS, by=thongbai)
    assert own.post(MINE, {"withdraw": "news"}).status_code == 404
    assert Consent.objects.in_force().count() == 1


def test_every_page_leads_to_the_notice(client, own, db):
    for browser, path in ((client, "/"), (client, "/sign-in/"), (own, "/"), (own, MINE), (client, "/nothing/")):
        assert 'href="/notice/"' in browser.get(path).content.decode(), path


@pytest.mark.parametrize("path", ["/notice/", "/en/notice/"])
def test_the_notice_tells_what_the_law_asks(client, db, path):
    html = client.get(path).content.decode()
    for part in ("why", "long", "who", "contact", "rights"):
        assert f'id="{part}"' in html
    assert "<audio" not in html


def test_the_ministry_adds_a_recording_and_a_contact(client, machine, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    thai = Document.objects.create(title="เสียงอ่าน", file=ContentFile(b"ID3", "notice.mp3"))
    NoticeSettings.objects.create(recording_th=thai, contact="สำนักงาน โทร 1111")
    html = client.get("/notice/").content.decode()
    assert f'src="{thai.url}"' in html
    assert "โทร 1111" in html
    assert "<audio" not in client.get("/en/notice/").content.decode()
    for step, form in (("", {"name": "ป้าแก้ว"}), ("age/", {"age_band": "60+"}), ("place/", {})):
        machine.post(f"/who/new/{step}", form)
    assert f'src="{thai.url}"' in machine.get("/who/new/notice/").content.decode()


def test_who_keeps_the_site_uploads_it_in_the_studio(client, django_user_model, somsri):
    client.force_login(django_user_model.objects.create_superuser("root", "password-of-root"))
    answer = client.get("/studio/settings/cms/noticesettings/", follow=True)
    assert answer.status_code == 200
    assert 'name="recording_th"' in answer.content.decode()
