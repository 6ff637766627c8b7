"""GIFT as Moodle documents it: each of its examples, and text that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.bank.gift import read_gift
from courses.authoring.bank.questions import checked


def only(text):
    [found] = read_gift(text)[0]
    return found


def items(value):
    return [item["value"] for item in value]


def choices(found):
    return [
        (choice["text"], choice["correct"], choice["explanation"]) for choice in items(found.value.get("choices", []))
    ]


def test_multiple_choice_with_feedback_and_a_title():
    found = only(
        "// question: 1 name: Grants tomb\n"
        "::Grants tomb::Who is buried in Grant's tomb in New York City? {\n"
        "=Grant#Correct\n~No one#Was true for 12 years\n~Napoleon}\n"
    )
    assert (found.kind, found.title, found.line) == ("single_choice", "Grants tomb", 2)
    assert found.asked == "Who is buried in Grant's tomb in New York City?"
    assert choices(found) == [
        ("Grant", True, "Correct"),
        ("No one", False, "Was true for 12 years"),
        ("Napoleon", False, ""),
    ]
    assert not found.problem
    assert not found.notes


def test_a_missing_word_leaves_a_line_to_fill():
    found = only("Grant is {~buried =entombed ~living} in Grant's tomb.")
    assert found.value["question"] == "Grant is _____ in Grant's tomb."
    assert [text for text, right, _why in choices(found) if right] == ["entombed"]


def test_several_right_by_their_weights():
    found = only("What two people are entombed? {\n~%-100%No one\n~%50%Grant\n~%50%Grant's wife\n~%-100%His father }")
    assert found.kind == "multiple_choice"
    assert [right for _text, right, _why in choices(found)] == [False, True, True, False]


def test_several_right_ones_with_a_sign_each_are_told():
    found = only("What is even? {=2 =4 ~5}")
    assert found.kind == "multiple_choice"
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("said", "answer", "why"),
    [
        ("{T}", True, ""),
        ("{FALSE#No one was buried.#Right you are.}", False, "Right you are.\nNo one was buried."),
        ("{true####เพราะอย่างนั้น}", True, "เพราะอย่างนั้น"),
        ("{F#ลองอีกครั้ง}", False, "ลองอีกครั้ง"),
    ],
)
def test_true_and_false(said, answer, why):
    found = only(f"Grant was buried in a tomb. {said}")
    assert (found.kind, found.value["answer"], found.value["explanation"]) == ("true_false", answer, why)
    assert bool(found.notes) == (not why)  # an explanation is still to be written


def test_a_short_answer_keeps_those_that_are_wholly_right():
    found = only("Who's buried in Grant's tomb?{=Grant =%100%Ulysses S. Grant =%50%Ulysses#nearly}")
    assert (found.kind, items(found.value["answers"])) == ("fill_in", ["Grant", "Ulysses S. Grant"])
    assert len(found.notes) == 2  # what is left out, and that an explanation is missing


@pytest.mark.parametrize(
    ("said", "answer", "tolerance"),
    [
        ("{#1822:5}", "1822", "5"),
        ("{#3.14159:0.0005}", "3.1416", "0.0005"),
        ("{#3.141..3.142}", "3.1415", "0.0005"),
        ("{#\n=1822:0#Correct! Full credit.\n=%50%1822:2#Half credit.}", "1822", "0"),
        ("{#-1,5}", "-1.5", "0"),
        ("{#2..1}", "1.5", "0.5"),
        ("{#1e3}", "1000", "0"),
    ],
)
def test_numbers(said, answer, tolerance):
    found = only(f"When was Ulysses S. Grant born? {said}")
    assert (found.kind, found.value["answer"], found.value["tolerance"]) == ("number", answer, tolerance)


@pytest.mark.parametrize("said", ["{#x}", "{#}", "{#1..y}", "{#=%0%3}", "{#123456789012345}", "{#1e99}"])
def test_what_is_no_number_is_told(said):
    assert only(f"เกิดปีไหน {said}").problem


def test_pairs():
    found = only("Match the countries. {\n=Canada -> Ottawa\n=Italy -> Rome\n= -> Delhi####ลองดูแผนที่}")
    assert found.kind == "matching"
    assert [(pair["left"], pair["right"]) for pair in items(found.value["pairs"])] == [
        ("Canada", "Ottawa"),
        ("Italy", "Rome"),
    ]
    assert found.value["explanation"] == "ลองดูแผนที่"
    assert len(found.notes) == 1


def test_an_essay_is_thought_over():
    found = only("Write a short biography of Dag Hammarskjold. {}")
    assert (found.kind, found.value["hint"]) == ("reflection", "")


def test_words_alone_are_no_question_and_say_so():
    found = only("You can use your pencil and paper for these next math questions.")
    assert not found.kind
    assert found.problem


def test_what_is_escaped_stands_as_it_is():
    found = only(r"Which answer equals 5? {~ \= 2 + 2#No\: 2 and 2 is 4 = \= 2 + 3 ~ \{a\}\~\#}")
    assert [text for text, _right, _why in choices(found)] == ["= 2 + 2", "= 2 + 3", "{a}~#"]
    assert choices(found)[0][2] == "No: 2 and 2 is 4"


def test_lines_of_a_comment_and_of_a_category_are_no_question():
    found, told = read_gift("$CATEGORY: tom/dick\n\n// one\n\n// two\n::a::One{T}\n// between\n\n$CATEGORY: x\nTwo{F}")
    assert [(each.line, each.asked) for each in found] == [(6, "One"), (10, "Two")]
    assert not told


def test_html_becomes_words():
    found = only(
        '[html]<p>ราคา <b>กล้วย</b> &lt; 30?<br>เลือกหนึ่งข้อ<script>alert(1)</script><img src\\="x.png"></p>'
        "{=<i>ใช่</i>#<p>ดีมาก</p> ~ไม่}"
    )
    assert found.value["question"] == "ราคา กล้วย < 30?\nเลือกหนึ่งข้อ"
    assert choices(found)[0] == ("ใช่", True, "ดีมาก")
    assert len(found.notes) == 1  # the picture stayed behind


def test_markdown_loses_its_stars():
    assert only("[markdown]The **American** holiday is {~May =Thanksgiving}").asked.startswith("The American holiday")


def test_general_feedback_goes_to_whoever_is_right():
    found = only("กี่บาท {=30#ใช่แล้ว ~40 ####1,200 หาร 40}")
    assert choices(found) == [("30", True, "ใช่แล้ว\n1,200 หาร 40"), ("40", False, "")]


BAD = [
    *("ถาม {", "ถาม {=ก ~ข", "{=ก ~ข}", "ถาม {~ก ~ข}", "ถาม {x}", "ก {=a ~b} ข {=c ~d}", "ถาม {=ก}{"),
    "ถาม {=" + "ก" * 400 + " ~ข}",
    "ถาม {" + "~ก " * 12 + "=ข}",
]


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_come_over_says_why(text):
    found = only(text)
    assert not found.kind
    assert found.problem
    assert not found.value


def test_one_that_cannot_come_over_keeps_no_other_back():
    found, _told = read_gift("ก{=ก ~ข}\n\nข{\n\nค{T#ก#ข}")
    assert [bool(each.kind) for each in found] == [True, False, True]


SIGNS = st.sampled_from(list("~=#{}:\\%$/[]->.0123TF\n\n ก") + ["####", "::", "->", "%50%", "[html]", "<b>", "//"])


@given(st.lists(st.one_of(SIGNS, st.text(max_size=8))).map("".join))
def test_any_text_is_read_or_told(text):
    found, _told = read_gift(text)
    for each in found:
        assert bool(each.kind) != bool(each.problem)
        if each.kind:
            assert checked(each.kind, each.value)[0].keys() == each.value.keys()
