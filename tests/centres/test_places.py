from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from lms.centres.models import District, Province, ProvinceRegion, Region, RegionSet, Subdistrict
from lms.centres.places import load_places

PLACES = [RegionSet, Region, Province, ProvinceRegion, District, Subdistrict]


@pytest.fixture
def thailand(db):
    load_places()


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in PLACES}


def sizes(region_set):
    links = ProvinceRegion.objects.filter(region_set=region_set)
    return Counter(links.values_list("region__code", flat=True))


def test_all_of_thailand_is_there(thailand):
    assert Province.objects.count() == 77
    assert District.objects.count() == 928
    assert Subdistrict.objects.count() == 7436


def test_places_have_their_official_code_and_both_names(thailand):
    for model, code, name_th, name_en in [
        (Province, "10", "กรุงเทพมหานคร", "Bangkok"),
        (Province, "38", "บึงกาฬ", "Bueng Kan"),
        (Province, "55", "น่าน", "Nan"),
        (District, "3201", "เมืองสุรินทร์", "Mueang Surin"),
        (District, "5505", "ปัว", "Pua"),
        (Subdistrict, "320101", "ในเมือง", "Nai Mueang"),
        (Subdistrict, "840503", "เกาะเต่า", "Ko Tao"),
    ]:
        place = model.objects.get(code=code)
        assert (place.name_th, place.name_en) == (name_th, name_en)


def test_every_place_lies_in_the_one_its_code_begins_with(thailand):
    assert all(d.code.startswith(d.province_id) for d in District.objects.all())
    assert all(s.code.startswith(s.district_id) for s in Subdistrict.objects.all())


def test_every_place_has_two_names(thailand):
    for model in (Region, Province, District, Subdistrict):
        assert not model.objects.filter(name_th="").exists()
        assert not model.objects.filter(name_en="").exists()


def test_the_four_regions_are_current_since_their_working_group(thailand):
    current = RegionSet.objects.get(is_current=True)
    assert (current.code, current.valid_from) == ("four-regions", date(2009, 9, 17))
    assert sizes(current) == {"N": 17, "NE": 20, "C": 26, "S": 14}
    assert [region.code for region in current.regions.all()] == ["N", "NE", "C", "S"]


def test_the_seven_groups_of_the_development_council_stand_beside_them(thailand):
    nesdc = RegionSet.objects.get(code="nesdc-7")
    assert sizes(nesdc) == {"N": 17, "NE": 20, "S": 14, "E": 8, "W": 6, "C": 6, "BKK": 6}


def test_provinces_stand_in_dictionary_order(thailand):
    first_three = [province.name_th for province in Province.objects.all()[:3]]
    assert first_three == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]


def test_loading_twice_changes_nothing(thailand):
    before = everything()
    load_places()
    assert everything() == before


def test_loading_mends_a_name_and_leaves_the_choice_of_regions_alone(thailand):
    Province.objects.filter(code="55").update(name_th="นาน")
    RegionSet.objects.filter(code="four-regions").update(is_current=False)
    RegionSet.objects.filter(code="nesdc-7").update(is_current=True)
    load_places()
    assert Province.objects.get(code="55").name_th == "น่าน"
    assert RegionSet.objects.get(is_current=True).code == "nesdc-7"


def test_loading_takes_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        load_places()


def test_the_command_says_what_it_loaded(db, capsys):
    call_command("load_places")
    assert "7436" in capsys.readouterr().out
