"""Bringing in a list and linking a phone: axe finds nothing, and nothing is too small or runs over."""

import pytest

from tests.browser.conftest import PC, PHONE
from tests.browser.test_accessibility import check, check_all, press

LIST = """ชื่อเรียก,นามสกุล,ช่วงอายุ,หมายเหตุ
ป้าสมศรี,ใจดี,40-59,
ป้าทองใบ,,60+,
น้องใหม่,,0-10,
,,แก่,
""" + "".join(f"คนที่ {n},,60+,\n" for n in range(150))


def send_list(page, text):
    page.goto("/desk/import/")
    page.set_input_files("input[name=file]", {"name": "รายชื่อ.csv", "mimeType": "text/csv", "buffer": text.encode()})
    press(page, ".bar .go")


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "pc"])
def test_bringing_in_a_list(open_page, sign_in_staff, size):
    page = open_page(size, java_script_enabled=False)
    sign_in_staff(page, "nok")
    send_list(page, "a,b\n1,2\n")
    found = check(page, "a list that is none")
    send_list(page, LIST)
    found += check(page, "a list to look through")
    press(page, ".bar .go")
    found += check(page, "a list on its way")
    press(page, ".bar .go")
    found += check(page, "a list that is in")
    press(page, "form[action$='/undo/'] button")
    found += check(page, "a list taken back")
    found += check_all(page, ["/desk/import/", "/desk/cards/", "/desk/cards/?q=zz", "/desk/more/"])
    assert found == []


INVITE = """
from lms.centres.models import Learner, PhoneInvite
print(PhoneInvite.objects.make(Learner.objects.get(pk="{learner}"), None)[1])
"""

FORGET_CODE = """
from lms.accounts.models import SecretCode
SecretCode.objects.filter(user="{learner}").delete()
"""


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "pc"])
def test_linking_a_phone(open_page, sign_in_staff, live_site, people, size):
    desk, phone = open_page(size), open_page(size)
    sign_in_staff(desk, "nok")
    address = f"/desk/learners/{people['learner']}/"
    desk.goto(address)
    press(desk, "form[action$='/phones/'] button")
    found = check(desk, "the QR")
    live_site.shell(FORGET_CODE.format(learner=people["newcomer"]))
    desk.goto(f"/desk/learners/{people['newcomer']}/")
    press(desk, "form[action$='/phones/'] button")
    found += check(desk, "no QR without a code")
    text = live_site.shell(INVITE.format(learner=people["learner"])).strip()
    phone.goto(f"/phone/{text}/")
    found += check(phone, "the invitation")
    press(phone, ".bar .go")
    found += check_all(phone, [f"/phone/{text}/"])
    press(phone, "[data-sign-out] button")
    found += check(phone, "the phone asks for the code")
    found += check_all(desk, [address])
    phone.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": live_site.url}])
    found += check_all(phone, ["/card/x/"])
    assert found == []
