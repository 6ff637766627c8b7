"""A caretaker's way through a new lesson, press by press: for tests that go it, and for the handbook's pictures."""

import re

from tests.photos import photo

QUESTIONS_ARE_IN = re.compile("/studio/lessons/[^/]+/[?]made=questions-")  # the lesson's page, after them
TITLE = "กล้วยตากแม่แดง"
SAID = {
    "title": TITLE,
    "story": "แม่แดงตากกล้วยตอนกล้วยถูก เก็บไว้กินได้ทั้งเดือน ลูกหลานชอบ",
    "needs": "กล้วยน้ำว้าสุก 2 หวี\nเกลือ 1 ช้อน\nตะแกรงไม้ไผ่",
    "steps": "ปอกเปลือก\nล้างน้ำเกลือ\nวางบนตะแกรง\nตากแดด 5 วัน",
    "tip": "วันที่สามคลึงให้แบน จะแห้งเท่ากัน",
}
ASKED = {
    "tf-statement": "ตากทั้งเปลือกแห้งเร็วกว่า",
    "tf-why": "เปลือกเก็บน้ำไว้ข้างใน",
    "choice-question": "ตากกี่วัน",
    "choice-choice1": "1 วัน",
    "choice-choice2": "5 วัน",
    "choice-choice3": "30 วัน",
    "choice-why": "ห้าวันน้ำออกหมด",
}

OTHER_CARETAKER = """
from lms.accounts.models import User
from lms.centres.models import Centre
kham = User.objects.create_user("kham", "sala-demo-kham", name="ลุงคำปัน")
Centre.objects.get(code="DEMO-55-01").appoint_caretaker(kham)
"""


class Author:
    """Counts what they do: each field that is filled in and each press is an action."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def press(self, what, leads_to=None):
        self.actions += 1
        if leads_to is None:
            self.page.click(what)
            return
        with self.page.expect_navigation():
            self.page.click(what)
        self.page.wait_for_url(leads_to)

    def fill(self, said):
        for name, words in said.items():
            self.actions += 1
            self.page.fill(f"[name={name}]", words)

    def mark(self, name, value):
        self.actions += 1
        self.page.check(f"[name={name}][value='{value}']", force=True)

    def take_photo(self, what_it_shows, content=None):
        self.actions += 1
        taken = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": content or photo()}
        self.page.set_input_files("[name=photo]", taken)
        self.fill({"photo_words": what_it_shows})

    def begin(self):
        self.page.goto("/studio/")
        self.press(".bar .go", "**/studio/new/")
        self.press("a[href$='/new/make/']", "**/studio/new/make/")

    def answer(self, content=None):
        self.fill(SAID)
        self.take_photo("กล้วยบนตะแกรงไม้ไผ่กลางแดด", content)

    def see(self):
        self.press(".bar .go", "**/studio/lessons/**")

    def ask(self):
        self.press("main a[href$='/questions/']", "**/questions/")
        self.fill(ASKED)
        self.mark("tf-answer", "false")
        self.mark("choice-right", "2")
        self.press(".bar .go", QUESTIONS_ARE_IN)
