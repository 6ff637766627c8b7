"""What is kept of a person, and what never is."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.hashers import identify_hasher
from django.utils.module_loading import import_string

from lms.accounts import thai
from lms.accounts.models import User
from lms.settings import base

KEPT = {"id", "username", "name", "family_name", "age_band", "language", "email", "sort_key", "search_text"}
LOOK = {"letters", "contrast", "theme"}
ACCOUNT = {"password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "sign_in_round"}
NEVER = re.compile("national|citizen|card|religion|belief|photo|picture|avatar|face|address|birth")
PEOPLES = {"accounts", "centres"}


def test_no_more_is_kept_of_a_person_than_was_agreed():
    assert {field.name for field in User._meta.concrete_fields} == KEPT | LOOK | ACCOUNT


def test_nothing_about_people_and_centres_is_an_id_card_a_religion_or_a_photo():
    models = [model for model in apps.get_models() if model._meta.app_label in PEOPLES]
    fields = [str(field) for model in models for field in model._meta.concrete_fields]
    assert not [field for field in fields if NEVER.search(field.lower())]
    assert not [field for model in models for field in model._meta.fields if hasattr(field, "upload_to")]


def test_a_name_is_enough(db):
    person = User.objects.create_user(name="ป้าสมศรี")
    person.full_clean(exclude=["password"])
    assert (person.email, person.username, person.has_usable_password()) == ("", None, False)


def test_ids_are_of_version_7_and_sort_by_the_time_they_were_made(db):
    people = [User.objects.create_user(name=f"คนที่ {n}") for n in range(20)]
    assert {person.pk.version for person in people} == {7}
    assert sorted(person.pk for person in people) == [person.pk for person in people]


@pytest.mark.parametrize("fields", [None, ["name"], ["family_name"]])
def test_what_follows_from_a_name_follows_it(somsri, fields):
    somsri.name, somsri.family_name = "เกษร", "ใจดี"
    somsri.save(update_fields=fields)
    somsri.refresh_from_db()
    assert somsri.sort_key == thai.sort_key("เกษร ใจดี")
    assert somsri.search_text == "เกษร ใจดี"


def test_passwords_are_kept_with_argon2_and_on_the_site_at_its_full_cost(nok):
    assert identify_hasher(nok.password).algorithm == "argon2"
    (of_the_site,) = (import_string(name) for name in base.PASSWORD_HASHERS)
    assert of_the_site.algorithm == "argon2"
    assert of_the_site.memory_cost >= 19 * 1024  # KiB; the least that OWASP's Password Storage Cheat Sheet takes
