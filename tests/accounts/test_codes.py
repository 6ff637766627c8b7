"""Which secret codes there are, and which are too easy."""

import hashlib
import hmac

import pytest

from lms.accounts.codes import PICTURES, is_easily_guessed, pictures_code, pin_code
from lms.accounts.models import SecretCode


def test_there_are_twelve_pictures_and_each_has_its_file(settings):
    folder = settings.BASE_DIR / "lms" / "static" / "pictures"
    assert len(PICTURES) == 12
    assert all((folder / f"{name}.svg").exists() for name in PICTURES)


def test_three_pictures_in_order_are_a_code():
    assert pictures_code(["fish", "lotus", "mango"]) == "fish-lotus-mango"


@pytest.mark.parametrize(
    "taps", [[], ["fish"], ["fish"] * 4, ["fish", "lotus", "dragon"], ["fish-lotus", "fish", "fish"]]
)
def test_other_taps_are_none(taps):
    assert pictures_code(taps) is None


@pytest.mark.parametrize("typed", ["120956", "๑๒๐๙๕๖", " 120 956 ", "๑๒0 9๕6"])
def test_six_digits_may_be_thai_and_spaced(typed):
    assert pin_code(typed) == "120956"


@pytest.mark.parametrize(
    "typed", ["", "12095", "1209567", "12095x", "١٢٠٩٥٦", "-12095", "1.2095", "1" * 5000, "12\x000956"]
)
def test_anything_else_is_no_pin(typed):
    assert pin_code(typed) is None


@pytest.mark.parametrize("code", ["111111", "123456", "654321", "890123", "121212", "112233", "123123", "111222"])
def test_what_people_try_first_is_refused(code):
    assert is_easily_guessed("pin", code)


@pytest.mark.parametrize("code", ["120956", "483920", "135246"])
def test_other_digits_are_taken(code):
    assert not is_easily_guessed("pin", code)


def test_thrice_one_picture_is_refused():
    assert is_easily_guessed("pictures", "fish-fish-fish")
    assert not is_easily_guessed("pictures", "fish-fish-mango")


def test_a_code_is_kept_as_an_hmac_under_the_servers_key_and_its_owners_id(somsri, set_code, settings):
    message = f"{somsri.pk}:pictures:fish-lotus-mango".encode()
    set_code(somsri, "fish-lotus-mango")
    kept = SecretCode.objects.values_list("mac", flat=True).get()
    assert kept == hmac.new(settings.SALA_CODE_KEY.encode(), message, hashlib.sha256).hexdigest()


def test_equal_codes_of_two_people_look_different(somsri, thongbai, set_code):
    assert set_code(somsri, "fish-lotus-mango").mac != set_code(thongbai, "fish-lotus-mango").mac


def test_without_the_servers_key_a_copied_database_opens_nothing(somsri, set_code, settings):
    code = set_code(somsri, "fish-lotus-mango")
    assert code.matches("fish-lotus-mango")
    settings.SALA_CODE_KEY = "another"
    assert not code.matches("fish-lotus-mango")


def test_codes_are_compared_in_constant_time(somsri, set_code, monkeypatch):
    code, compared = set_code(somsri, "fish-lotus-mango"), []
    monkeypatch.setattr(hmac, "compare_digest", lambda *both: compared.append(both) or both[0] == both[1])
    assert code.matches("fish-lotus-mango")
    assert not code.matches("lotus-fish-mango")
    assert [kept for kept, _typed in compared] == [code.mac] * 2
