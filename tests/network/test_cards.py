"""Member cards: printed at the desk, held to a scanner at the centre's machine."""

import re
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from lms.accounts import thai
from lms.accounts.codes import PICTURES
from lms.centres.cards import card_of
from lms.centres.models import AuditEntry, Device
from lms.centres.signing_in import DEVICE_COOKIE
from lms.network import cards
from tests.counting import queries_for_one_and_for_many

CARDS = "/desk/cards/"
SITE = "https://sala.example"


@pytest.fixture
def machine(device):
    browser = Client()
    browser.cookies[DEVICE_COOKIE] = device.cookie
    return browser


@pytest.fixture
def cards_drawn(ban_nong_bua):
    """What a camera sees on the first sheet: the text of each QR."""

    def draw(*learners):
        with pypdfium2.PdfDocument(cards.printed(learners, ban_nong_bua, SITE)) as pdf:
            page = pdf[0].render(scale=200 / 72).to_pil()
        return [found.text for found in zxingcpp.read_barcodes(page)]

    return draw


def text_of(pdf):
    """The text of each page, without white space."""
    with pypdfium2.PdfDocument(pdf) as pages:
        return ["".join(page.get_textpage().get_text_range().split()) for page in pages]


def test_nine_cards_fill_two_sheets_of_a4(desk, ban_nong_bua, learner_at):
    for n in range(9):
        learner_at(ban_nong_bua, f"คนที่ {n}")
    answer = desk.post(CARDS)
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as pages:
        assert [round(side) for side in pages[0].get_size()] == [595, 842]
    assert [text.count("บัตรสมาชิก") for text in text_of(answer.content)] == [8, 1]
    assert AuditEntry.objects.get(action="cards").detail == "9"


def test_a_card_says_name_and_centre_and_that_the_code_is_not_on_it(desk, somsri):
    text = text_of(desk.post(CARDS).content)[0]
    for said in ("ป้าสมศรี", "ศูนย์ดิจิทัลชุมชนบ้านหนองบัว", "รหัสลับไม่อยู่ในบัตร"):
        assert said in text


@pytest.mark.parametrize("name", ['#import "x"', "*ดาว* _ขีด_ $x$", '"}], "x": [', "\\#let", "//", "<a>", "@ref"])
def test_a_name_is_never_read_as_a_command(ban_nong_bua, learner_at, name):
    pdf = cards.printed([learner_at(ban_nong_bua, name)], ban_nong_bua, SITE)
    assert "".join(name.split()) in text_of(pdf)[0]


@pytest.mark.parametrize("name", ["ก" * 60, "น้ำผึ้ง" * 8, "W" * 60, "ปู่ ญี่ปุ่น " * 5, "អក្សរ", "👵"])
def test_a_long_or_foreign_name_still_makes_a_card(ban_nong_bua, learner_at, cards_drawn, name):
    learner = learner_at(ban_nong_bua, name.strip(), family_name=name.strip())
    assert cards_drawn(learner) == [f"{SITE}/card/{card_of(learner)}/"]


def test_a_camera_reads_each_cards_address(somsri, thongbai, cards_drawn):
    assert sorted(cards_drawn(somsri, thongbai)) == sorted(
        f"{SITE}/card/{card_of(learner)}/" for learner in (somsri, thongbai)
    )


def test_the_picture_is_no_hint_at_a_code_and_is_there():
    assert not set(cards.PICTURES) & set(PICTURES)
    for name in cards.PICTURES:
        assert (cards.ROOT / "static" / "pictures" / f"{name}.svg").exists()


def test_the_picture_stays_the_same(somsri):
    assert cards.picture_of(somsri) == cards.picture_of(type(somsri).objects.get(pk=somsri.pk))


def test_a_card_speaks_its_learners_language(ban_nong_bua, learner_at):
    pdf = cards.printed([learner_at(ban_nong_bua, "Mary", language="en")], ban_nong_bua, SITE)
    assert "Membercard" in text_of(pdf)[0]
    assert "BanNongBua" in text_of(pdf)[0]


def test_cards_of_those_who_were_looked_for(desk, somsri, thongbai):
    page = desk.get(CARDS, {"q": "ทอง"}).content.decode()
    assert thongbai.name in page
    assert somsri.name not in page
    text = text_of(desk.post(CARDS, {"q": "ทอง"}).content)[0]
    assert "ป้าทองใบ" in text
    assert "ป้าสมศรี" not in text


def test_one_card_from_the_learners_own_page(desk, somsri, thongbai):
    assert "พิมพ์บัตร" in desk.get(f"/desk/learners/{somsri.pk}/").content.decode()
    text = text_of(desk.post(CARDS, {"learner": somsri.pk}).content)[0]
    assert text.count("บัตรสมาชิก") == 1
    entry = AuditEntry.objects.get(action="cards")
    assert (entry.subject, entry.detail) == (somsri.pk, "1")


def test_a_large_centre_prints_one_lot_after_the_other(desk, monkeypatch, somsri, thongbai):
    monkeypatch.setattr("lms.network.desk.cards.MOST", 1)
    page = desk.get(CARDS).content.decode()
    assert page.count('name="part"') == 2
    texts = [text_of(desk.post(CARDS, {"part": part}).content)[0] for part in ("0", "1")]
    assert ["ป้าทองใบ" in text for text in texts] == [True, False]


@pytest.mark.parametrize("learner", ["", "x", "0" * 32])
def test_nobodys_card_is_not_printed(desk, learner):
    assert desk.post(CARDS, {"learner": learner}).status_code in (400, 404)


@pytest.mark.parametrize("part", ["9", "-1", "x", "๑", "99999999999999999999"])
def test_a_lot_that_is_none_says_so(desk, somsri, part):
    assert desk.post(CARDS, {"part": part}).status_code in (200, 400)


def test_nobody_prints_the_other_centres_cards(desk, fah, ban_pua):
    assert desk.post(CARDS, {"learner": fah.pk}).status_code == 404
    assert desk.post(CARDS, {"centre": ban_pua.code}).status_code == 404
    assert not AuditEntry.objects.exists()


def test_the_page_asks_as_often_for_many(desk, ban_nong_bua, learner_at, somsri):
    def ask():
        return desk.get(CARDS).context["count"]

    queries_for_one_and_for_many(ask, lambda n: [learner_at(ban_nong_bua, f"ป้า {each}") for each in range(n)])


# At the machine


def test_a_card_opens_its_learners_code_and_asks_for_it(machine, somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    answer = machine.get(f"/card/{card_of(somsri)}/")
    assert answer["Location"] == f"/who/{somsri.pk}/"
    assert "_auth_user_id" not in machine.session


def test_a_card_opens_nothing_elsewhere(client, somsri):
    answer = client.get(f"/card/{card_of(somsri)}/")
    assert answer.status_code == 403
    assert somsri.name not in answer.content.decode()


ON_THAI_KEYS = str.maketrans(thai.ENGLISH_KEYS, thai.THAI_KEYS)


@pytest.mark.parametrize(
    "typed",
    [
        "{site}/card/{card}/",
        " {site}/card/{card}/ ",
        "{site}/en/card/{card}",
        "http://10.0.0.5:8000/card/{card}/",  # printed when the site had another address
        "{card}",
    ],
)
@pytest.mark.parametrize("keys", ["English", "Thai"])
def test_a_scanner_types_the_card_into_the_search_field(machine, somsri, typed, keys):
    text = typed.format(site=SITE, card=card_of(somsri))
    if keys == "Thai":
        text = text.translate(ON_THAI_KEYS)
    answer = machine.get("/who/", {"q": text}, follow=True)
    assert [urlsplit(url).path for url, _status in answer.redirect_chain][-1] == f"/who/{somsri.pk}/"


def test_the_search_field_holds_a_whole_address(machine, somsri):
    longest = int(re.search(r'id="q"[^>]*maxlength="(\d+)"', machine.get("/who/").content.decode())[1])
    assert len(f"https://{'a' * 90}.go.th/card/{card_of(somsri)}/") <= longest


@pytest.mark.parametrize("typed", ["สมศรี", "ป้า", "ซื่อตรง", "som-sri", "a:b", "ศูนย์ บ้านหนองบัว", ""])
def test_words_are_still_looked_for(machine, somsri, typed):
    assert machine.get("/who/", {"q": typed}).status_code == 200


def test_a_card_of_the_other_centre_gets_a_kind_word(machine, somsri, fah):
    answer = machine.get("/who/", {"q": f"{SITE}/card/{card_of(fah)}/"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "บัตรนี้ไม่ใช่ของผู้เรียนศูนย์นี้" in page
    assert somsri.name in page
    assert fah.name not in page


@pytest.mark.parametrize(
    "harm", [lambda card: card[:30], lambda card: card[:-1], lambda card: "x" + card[1:], lambda _: "x", lambda _: ""]
)
def test_a_cut_or_forged_card_gets_a_kind_word(machine, somsri, harm):
    answer = machine.get("/who/", {"q": f"{SITE}/card/{harm(card_of(somsri))}/"}, follow=True)
    assert answer.status_code == 404
    assert "อ่านบัตรไม่ได้" in answer.content.decode()
    assert somsri.name in answer.content.decode()


def test_a_card_of_who_became_a_caretaker_opens_nothing(machine, somsri, ban_nong_bua):
    ban_nong_bua.appoint_caretaker(somsri)
    assert machine.get(f"/card/{card_of(somsri)}/").status_code == 404


def test_a_card_opens_nothing_on_anothers_phone(ban_nong_bua, somsri, thongbai):
    phone = Client()
    phone.cookies[DEVICE_COOKIE] = Device.objects.create(centre=ban_nong_bua, name="x", owner=thongbai).cookie
    answer = phone.get(f"/card/{card_of(somsri)}/")
    assert answer.status_code == 404
    assert somsri.name not in answer.content.decode()
