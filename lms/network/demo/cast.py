"""Who and what there is in the demo. The subdistricts are real; the centres and the people are not."""

from typing import NamedTuple


class DemoCentre(NamedTuple):
    code: str
    name_th: str
    name_en: str
    subdistrict: str
    host_kind: str
    status_reason: str = ""  # paused, if there is one


class DemoStaff(NamedTuple):
    username: str
    name: str

    @property
    def password(self):
        return f"sala-demo-{self.username}"


CENTRES = [
    DemoCentre("DEMO-32-01", "ศูนย์ดิจิทัลชุมชนบ้านหนองบัว", "Ban Nong Bua", "320101", "temple"),
    DemoCentre("DEMO-40-01", "ศูนย์ดิจิทัลชุมชนบ้านโคกสูง", "Ban Khok Sung", "400801", "local_authority"),
    DemoCentre("DEMO-55-01", "ศูนย์ดิจิทัลชุมชนบ้านปัว", "Ban Pua", "550501", "school"),
    DemoCentre("DEMO-64-01", "ศูนย์ดิจิทัลชุมชนบ้านเมืองเก่า", "Ban Mueang Kao", "640103", "library"),
    DemoCentre("DEMO-19-01", "ศูนย์ดิจิทัลชุมชนบ้านนาโฉง", "Ban Na Chong", "190106", "school"),
    DemoCentre("DEMO-72-01", "ศูนย์ดิจิทัลชุมชนบ้านรั้วใหญ่", "Ban Rua Yai", "720102", "temple"),
    DemoCentre("DEMO-92-01", "ศูนย์ดิจิทัลชุมชนบ้านควนธานี", "Ban Khuan Thani", "920202", "local_authority"),
    DemoCentre("DEMO-86-01", "ศูนย์ดิจิทัลชุมชนบ้านท่ายาง", "Ban Tha Yang", "860103", "other", "ปรับปรุงอาคาร"),
]

CARETAKER = DemoStaff("nok", "ครูนก")
CORE_MEMBER = DemoStaff("ek", "พี่เอก")
MINISTRY = DemoStaff("wipha", "คุณวิภา")
ADMIN = DemoStaff("admin", "ผู้ดูแลระบบ")
CORE_MEMBERS_REGION = "NE"
ISSUER, CARETAKERS_TITLE = "ศาลา (ตัวอย่างสำหรับทดลองใช้)", "คนดูแลศูนย์บ้านหนองบัว (ตัวอย่าง)"

LEARNER, LEARNERS_PICTURES = "ป้าสมศรี", ["fish", "lotus", "mango"]

# Name and age band; the learner above comes first.
AT_THE_FIRST_CENTRE = [
    (LEARNER, "40-59"),
    ("ป้าทองใบ", "60+"),
    ("ลุงคำปัน", "60+"),
    ("พี่อ้อย", "20-39"),
    ("น้าแดง", "40-59"),
    ("ยายบุญมี", "60+"),
    ("ตาสม", "60+"),
    ("น้องแพรว", "11-19"),
    ("พี่หนิง", "20-39"),
    ("ป้าจันทร์เพ็ญ", "40-59"),
    ("ลุงประเสริฐ", "60+"),
    ("น้าเอื้อง", "40-59"),
    ("น้องต้น", "11-19"),
]
AT_EACH_OTHER_CENTRE = [("ป้าแก้ว", "40-59"), ("ลุงชาญ", "60+"), ("พี่ดาว", "20-39"), ("น้องฟ้า", "11-19")]
