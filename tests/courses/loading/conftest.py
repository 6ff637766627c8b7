"""A course of two lessons on disk, small and with every kind of block, to load and to spoil."""

import pytest
from django.utils import translation

from courses.loading import LoadError, load

COURSE = """\
key: 11111111-1111-4111-8111-111111111111
slug: count-it
title: {th: "คิดทุนให้ครบ", en: "Count every cost"}
summary: {th: "คิดทุนทีละก้อน", en: "One cost at a time"}
topic: entrepreneurship
level: beginner
minutes: 20
outcomes:
  - "คิดทุนต่อชิ้นได้"
cover: {picture: basket, alt: "ตะกร้าสาน"}
group_activity:
  title: "เกมตลาดนัด"
  minutes: 45
  people: {min: 4, max: 8}
  steps: ["จับกลุ่ม", "เล่นสามรอบ"]
  facilitator_note: "ไม่ต้องประกาศที่หนึ่ง"
"""
FIRST = """\
key: 22222222-2222-4222-8222-222222222222
slug: costs
title: {th: "ทุนมีหกก้อน", en: "Six costs"}
minutes: 10
outcome: "บอกทุนได้ครบ"
picture: {picture: abacus, alt: "ลูกคิด"}
body:
  - heading: "ทุนมีหกก้อน"
  - text: |
      ป้าแดงทำกล้วยตากขาย

      ขายหมดทุกนัด
  - steps: ["จด", "บวก", "หาร"]
  - picture: {picture: coin, alt: "เหรียญ", caption: "ได้เงิน"}
  - table:
      caption: "ทุน"
      head: ["รายการ", "บาท"]
      rows:
        - ["วัตถุดิบ", "600"]
        - ["", "1,200"]
  - tip: "จดทันที"
  - warning: "อย่าปนเงินบ้าน"
  - example: "ป้าทอผ้า"
  - fact: {text: "ต้องมีเจ็ดคน", checked: "2026-11", owner: "กรมส่งเสริมการเกษตร", recheck: true}
  - single_choice:
      id: aaaaaaaa-0001-4aaa-8aaa-aaaaaaaaaaaa
      question: "อะไรเป็นทุน"
      choices:
        - {text: "ค่าแรง", correct: true, explanation: "ใช่แล้ว"}
        - {text: "ค่าดูหนัง", correct: false, explanation: "ลองดูอีกครั้ง"}
  - multiple_choice:
      id: aaaaaaaa-0002-4aaa-8aaa-aaaaaaaaaaaa
      question: "ข้อใดเป็นทุน"
      choices:
        - {text: "ค่าแก๊ส", correct: true}
        - {text: "ค่าหวย", correct: false}
  - true_false: {id: aaaaaaaa-0003-4aaa-8aaa-aaaaaaaaaaaa, statement: "แรงเราคือทุน", answer: true, explanation: "ใช่"}
  - ordering: {id: aaaaaaaa-0004-4aaa-8aaa-aaaaaaaaaaaa, question: "เรียง", items: ["จด", "หาร"], explanation: "จดก่อน"}
"""
SECOND = """\
key: 33333333-3333-4333-8333-333333333333
slug: price
title: {th: "ตั้งราคา", en: "Set a price"}
minutes: 12
outcome: "ตั้งราคาได้"
picture: {picture: label, alt: "ป้ายราคา"}
body:
  - matching:
      id: aaaaaaaa-0005-4aaa-8aaa-aaaaaaaaaaaa
      question: "จับคู่"
      pairs:
        - ["เร่ง", "ภายในสิบนาที"]
        - ["ขู่", "มีหมายจับ"]
      explanation: "หนึ่งสายมีหลายสัญญาณ"
  - fill_in: {id: aaaaaaaa-0006-4aaa-8aaa-aaaaaaaaaaaa, question: "สายด่วน", answers: ["1441"], explanation: "โทรได้ตลอด"}
  - number: {id: aaaaaaaa-0007-4aaa-8aaa-aaaaaaaaaaaa, question: "กี่บาท", answer: 11.50, tolerance: 0.1,
      unit: "บาท", explanation: "หาร"}
  - reflection: {id: aaaaaaaa-0008-4aaa-8aaa-aaaaaaaaaaaa, question: "คิดอย่างไร", hint: "ไม่มีผิดถูก"}
  - task:
      id: aaaaaaaa-0009-4aaa-8aaa-aaaaaaaaaaaa
      title: "คิดทุนของเรา"
      instructions: "จดลงกระดาษ"
      checklist: ["จดครบ", "บวกซ้ำ"]
      observed_by: self
"""


class Folder:
    """Courses on disk. Files are named from the folder's root: folder.change("a/01.yaml", old, new)."""

    def __init__(self, path):
        self.path = path

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, name, old, new):
        text = (self.path / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def remove(self, name):
        (self.path / name).unlink()

    def rename(self, name, new):
        (self.path / name).rename(self.path / new)

    def load(self, **options):
        return load(self.path, **options)

    def problems(self):
        """What loading it complains of, as (file, line, field, message)."""
        with pytest.raises(LoadError) as refused:
            self.load()
        return [
            (problem.file.removeprefix(f"{self.path.name}/"), problem.line, problem.field, problem.message)
            for problem in refused.value.problems
        ]


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = Folder(tmp_path / "content")
    folder.path.mkdir()
    folder.write("a/course.yaml", COURSE)
    folder.write("a/01.yaml", FIRST)
    folder.write("a/02.yaml", SECOND)
    with translation.override("en"):
        yield folder
