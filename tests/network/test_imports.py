"""A list of learners from a spreadsheet: looked through first, put in by hundreds, taken back within a day."""

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lms.centres.models import AuditEntry, ImportedLearner, Learner, LearnerImport
from lms.network import imports
from tests.counting import queries_for_one_and_for_many

IMPORT = "/desk/import/"
FILES = Path(__file__).parent / "files"
HEADER = "ชื่อเรียก,นามสกุล,ช่วงอายุ,ปีเกิด,ตำบล,ภาษา\n"


def names_at(centre):
    return sorted(Learner.objects.at(centre).values_list("name", flat=True))


def people(count, first=0):
    return "".join(f"คนที่ {n},,60+,,,\n" for n in range(first, first + count))


# Sending


def test_nothing_is_written_before_it_is_confirmed(desk, sent, ban_nong_bua, nok):
    batch = sent("ป้าแก้ว,น้ำใส,60+,,,\nน้องต้อม,,0-10,,ในเมือง,\n,,,,,x\n")
    assert (batch.centre, batch.made_by, batch.file_name, len(batch.rows)) == (ban_nong_bua, nok, "list.csv", 2)
    assert not Learner.objects.exists()
    page = desk.get(f"{IMPORT}{batch.pk}/").content.decode()
    for said in ("ดูรายชื่อก่อนใส่", "อายุไม่ถึง 20 ปี 1 คน", "ไม่ได้ใส่ 1 แถว", "แถว 4, ชื่อเรียก", "แถว 4, ช่วงอายุ"):
        assert said in page
    assert not Learner.objects.exists()


@pytest.mark.parametrize("name", ["calc.xlsx", "calc_windows_874.csv", "calc_utf_16.csv"])
def test_lists_of_other_programs_come_in(send, put_in, ban_nong_bua, name):
    assert send((FILES / name).read_bytes(), name).status_code == 302
    put_in(LearnerImport.objects.get())
    assert names_at(ban_nong_bua) == ["น้องต้อม", "ป้าแก้ว", "ลุงญี่ปุ่น"]


@pytest.mark.parametrize(("name", "status"), [("calc.xls", 400), ("calc.ods", 400)])
def test_other_files_say_what_to_do(send, name, status):
    answer = send((FILES / name).read_bytes(), name)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert not LearnerImport.objects.exists()


def test_no_file_at_all(desk):
    assert desk.post(IMPORT).status_code == 400
    assert "เลือกไฟล์ก่อน" in desk.post(IMPORT, {"file": "words"}).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_comes_back_filled_in(desk, send, put_in, ban_nong_bua, kind):
    answer = desk.get(f"{IMPORT}template.{kind}")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        data += "ป้าแก้ว,น้ำใส,60+,,ในเมือง,th\r\n".encode()
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        book.worksheets[0].append(["ป้าแก้ว", "น้ำใส", "60+", None, "ในเมือง", None])
        file = io.BytesIO()
        book.save(file)
        data = file.getvalue()
    assert send(data, f"list.{kind}").status_code == 302
    put_in(LearnerImport.objects.get())
    learner = Learner.objects.get()
    assert (learner.name, learner.family_name, learner.age_band) == ("ป้าแก้ว", "น้ำใส", "60+")
    assert learner.home.subdistrict_id == ban_nong_bua.subdistrict_id


def test_a_file_too_large_is_refused_with_a_page(send):
    answer = send(b"x" * (2 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


class Untouched(io.BytesIO):
    def read(self, *_args):
        raise AssertionError("the file was read")


@pytest.mark.parametrize("megabytes", [3, 100, 10**9])
def test_a_hundred_megabytes_are_refused_before_they_are_read(desk, megabytes):
    answer = desk.generic(
        "POST",
        IMPORT,
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(megabytes * 1024 * 1024), "wsgi.input": Untouched()},
    )
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


def test_only_this_sites_own_form_sends_a_list(nok):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nok)
    assert browser.post(IMPORT, {"file": SimpleUploadedFile("a.csv", HEADER.encode())}).status_code == 403


# Who may be here already


def test_who_is_here_already_is_not_put_in_twice(sent, put_in, ban_nong_bua, somsri):
    batch = sent("ป้าสมศรี,ใจดี,40-59,,ในเมือง,en\nป้า  สมศรี,,40-59,,,\n")
    assert [(row["same_as"], row["choice"]) for row in batch.rows][0] == (str(somsri.pk), "merge")
    put_in(batch)
    somsri.refresh_from_db()
    assert (somsri.family_name, somsri.language) == ("ใจดี", "th")  # filled in, and left as it was
    assert somsri.home.__class__.objects.get(pk=somsri.pk).subdistrict_id == ban_nong_bua.subdistrict_id
    assert AuditEntry.objects.get(action="merged").subject == somsri.pk


def test_what_is_there_is_never_changed(sent, put_in, ban_nong_bua, learner_at):
    there = learner_at(ban_nong_bua, "ป้าแก้ว", family_name="น้ำใส", age_band="40-59")
    put_in(sent("ป้าแก้ว,,60+,,,en\n"))
    there.refresh_from_db()
    assert (there.family_name, there.age_band, there.language) == ("น้ำใส", "40-59", "th")
    assert names_at(ban_nong_bua) == ["ป้าแก้ว"]
    assert not AuditEntry.objects.filter(action="merged").exists()


def test_another_family_name_is_another_person(sent, ban_nong_bua, learner_at):
    learner_at(ban_nong_bua, "ป้าแก้ว", family_name="น้ำใส")
    assert sent("ป้าแก้ว,ใจซื่อ,60+,,,\n").rows[0]["choice"] == "new"


def test_the_likeliest_of_several_is_offered(sent, ban_nong_bua, learner_at):
    learner_at(ban_nong_bua, "ป้าแก้ว")
    same = learner_at(ban_nong_bua, "ป้าแก้ว", family_name="น้ำใส")
    assert sent("ป้าแก้ว,น้ำใส,60+,,,\n").rows[0]["same_as"] == str(same.pk)


@pytest.mark.parametrize(("choice", "count"), [("merge", 1), ("new", 2), ("skip", 1)])
def test_the_caretaker_decides(sent, put_in, ban_nong_bua, somsri, choice, count):
    put_in(sent("ป้าสมศรี,ใจดี,40-59,,,\n"), {2: choice})
    assert names_at(ban_nong_bua).count("ป้าสมศรี") == count
    somsri.refresh_from_db()
    assert somsri.family_name == ("ใจดี" if choice == "merge" else "")


def test_one_button_decides_for_all(desk, sent, somsri, thongbai):
    batch = sent("ป้าสมศรี,,40-59,,,\nป้าทองใบ,,60+,,,\nป้าใหม่,,60+,,,\n")
    desk.post(f"{IMPORT}{batch.pk}/confirm/", {"all": "skip"})
    batch.refresh_from_db()
    assert [row["choice"] for row in batch.rows] == ["skip", "skip", "new"]


def test_twice_in_the_file_is_offered_as_one(sent, put_in, ban_nong_bua):
    batch = sent("ป้าแก้ว,,60+,,,\nป้าแก้ว,น้ำใส,60+,,,\n")
    assert batch.rows[1]["same_as"] == batch.rows[0]["id"]
    put_in(batch)
    assert [(each.name, each.family_name) for each in Learner.objects.all()] == [("ป้าแก้ว", "น้ำใส")]


def test_a_choice_that_is_none_changes_nothing(desk, sent, somsri):
    batch = sent("ป้าสมศรี,,40-59,,,\nป้าใหม่,,60+,,,\n")
    desk.post(f"{IMPORT}{batch.pk}/confirm/", {"row-2": "delete", "row-3": "skip", "row-x": "new"})
    batch.refresh_from_db()
    assert [row["choice"] for row in batch.rows] == ["merge", "new"]


def test_the_other_centres_people_are_nobodys_namesakes(sent, fah):
    assert sent("น้องฟ้า,,11-19,,,\n").rows[0]["same_as"] is None


# Putting in


def test_a_hundred_at_a_time_with_a_bar(desk, sent, put_in, ban_nong_bua):
    batch = sent(people(250))
    desk.post(f"{IMPORT}{batch.pk}/confirm/", {"go": "1"})
    page = desk.get(f"{IMPORT}{batch.pk}/").content.decode()
    assert '<progress id="progress" max="250" value="100">' in page
    assert "data-go-on" in page
    assert put_in(batch) == 2 + 1  # the first of these is an old page's, whose hundred is in already
    assert len(names_at(ban_nong_bua)) == 250


def test_two_tabs_and_a_cut_line_lose_and_double_nothing(desk, sent, ban_nong_bua):
    batch = sent(people(250))
    for done in ("0", "0", "", "100", "0", "100", "x", "99999999", "200", "200", "250"):
        assert desk.post(f"{IMPORT}{batch.pk}/confirm/", {"go": "1", "done": done}).status_code == 302
    batch.refresh_from_db()
    assert batch.done == 250
    assert batch.finished_at
    assert len(names_at(ban_nong_bua)) == 250
    assert AuditEntry.objects.filter(action="imported").count() == 1


def test_a_fault_in_the_middle_takes_the_whole_hundred_back(sent, ban_nong_bua, nok, monkeypatch):
    batch = sent(people(150))
    imports.put_in(batch, 0, nok)
    monkeypatch.setattr(ImportedLearner.objects.__class__, "bulk_create", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imports.put_in(batch, 100, nok)
    batch.refresh_from_db()
    assert batch.done == 100
    assert len(names_at(ban_nong_bua)) == 100


def test_choices_are_settled_once_it_has_begun(desk, sent, somsri):
    batch = sent("ป้าสมศรี,,40-59,,,\n" + people(150))
    desk.post(f"{IMPORT}{batch.pk}/confirm/", {"go": "1"})
    desk.post(f"{IMPORT}{batch.pk}/confirm/", {"row-2": "new"})
    batch.refresh_from_db()
    assert batch.rows[0]["choice"] == "merge"


def test_who_was_erased_meanwhile_does_not_come_back(sent, put_in, ban_nong_bua, somsri):
    batch = sent("ป้าสมศรี,,40-59,,,\n")
    somsri.delete()
    put_in(batch)
    assert names_at(ban_nong_bua) == []


def test_who_comes_in_can_be_found_and_has_no_password(sent, put_in, ban_nong_bua):
    put_in(sent("ป้าแก้ว,,60+,,,\n"))
    learner = Learner.objects.named("แก้ว").get()
    assert learner.sort_key
    assert not learner.has_usable_password()


def test_a_thousand_take_less_than_ten_seconds(sent, put_in, ban_nong_bua):
    started = timezone.now()
    put_in(sent(people(1_000)))
    assert len(names_at(ban_nong_bua)) == 1_000
    assert timezone.now() - started < timedelta(seconds=10)


# Who may


def test_the_other_centres_caretaker_sees_no_list(sent, kham):
    batch = sent("ป้าแก้ว,,60+,,,\n")
    other = Client()
    other.force_login(kham)
    assert other.get(f"{IMPORT}{batch.pk}/").status_code == 404
    for verb in ("confirm", "undo"):
        assert other.post(f"{IMPORT}{batch.pk}/{verb}/", {"go": "1"}).status_code == 404
    assert "list.csv" not in other.get(IMPORT).content.decode()


def test_a_name_in_a_list_is_never_markup(desk, send):
    send(HEADER + "<b>ป้า</b>,,60+,,,\n<b>ป้า</b>,,60+,,,\n,<i>,x,,,\n", "<s>.csv")
    page = desk.get(f"{IMPORT}{LearnerImport.objects.get().pk}/").content.decode()
    assert not re.search("<b>ป้า|<i>|<s>", page)


@pytest.mark.parametrize("about", ["problems", "namesakes"])
def test_the_preview_asks_as_often_for_many(desk, sent, ban_nong_bua, learner_at, about):
    learner_at(ban_nong_bua, "คนที่ 0")
    batches = {"now": sent(",,x,,,\n" if about == "problems" else people(1))}

    def ask():
        context = desk.get(f"{IMPORT}{batches['now'].pk}/").context
        return len(context["problems"]) // 2 if about == "problems" else len(context["page"])

    def add(count):
        if about == "namesakes":
            for n in range(1, count):
                learner_at(ban_nong_bua, f"คนที่ {n}")
        batches["now"] = sent(",,x,,,\n" * 300 if about == "problems" else people(count))

    queries_for_one_and_for_many(ask, add, shown=100 if about == "problems" else 50)


def test_the_list_of_lists_asks_as_often_for_many(desk, ban_nong_bua, nok):
    def add(count):
        LearnerImport.objects.bulk_create(
            LearnerImport(centre=ban_nong_bua, made_by=nok, file_name="x") for _each in range(count)
        )

    add(1)
    queries_for_one_and_for_many(lambda: len(desk.get(IMPORT).context["batches"]), add, shown=10)
