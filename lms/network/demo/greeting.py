"""Who can sign in to the demo as what: printed after `make run`, in Thai and English at once."""

from django.utils import translation

from lms.accounts.codes import PICTURES
from lms.network.demo import cast

STAFF = [
    (cast.CARETAKER, "ผู้ดูแลศูนย์ / caretaker", "/desk/"),
    (cast.CORE_MEMBER, "แกนนำ / core member", "/desk/"),
    (cast.MINISTRY, "กระทรวง / ministry", "/ministry/"),
    (cast.ADMIN, "ผู้ดูแลระบบ / studio", "/studio/"),
]


def greeting():
    lines = ["เข้าใช้ที่ /sign-in/ ด้วยชื่อผู้ใช้และรหัสผ่าน / sign in at /sign-in/ with user name and password:"]
    lines += [f"  {person.username:<7}{person.password:<18}{address:<12}{role}" for person, role, address in STAFF]
    lines += [
        "  รหัสจากมือถือที่ถามต่อ หน้าเว็บบอกให้เองในตัวอย่างนี้ / the code that ek, wipha and admin are asked for next",
        "  stands on the page: this is a demo",
        "",
        f"ผู้เรียน / learner: {cast.LEARNER}, ภาพลับ / secret pictures: {_pictures('th')} ({_pictures('en')})",
        "  1. เข้าใช้เป็น nok เปิด /desk/devices/ แล้วผูกเครื่องนี้กับศูนย์ / sign in as nok, set up this machine",
        f"  2. กดออก เลือก {cast.LEARNER} แล้วแตะภาพตามลำดับ / sign out, choose the name, tap the pictures in order",
    ]
    return "\n".join(lines)


def _pictures(language):
    with translation.override(language):
        return " ".join(str(PICTURES[picture]) for picture in cast.LEARNERS_PICTURES)
