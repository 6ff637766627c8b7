"""The layers: knowledge flows one way, for imports and for foreign keys."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ["lms.accounts", "lms.centres", "cms", "courses", "lms.network"]
ROOF = "lms"  # lms/*.py and lms/settings: composition, which nothing imports


def layer_of(module):
    """The layer's number, len(LAYERS) for the roof, None for what is not ours."""
    for number, layer in enumerate(LAYERS):
        if module == layer or module.startswith(f"{layer}."):
            return number
    return len(LAYERS) if module == ROOF or module.startswith(f"{ROOF}.") else None


def our_files():
    folders = ["lms", "cms", "courses"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts and path.name != "manage.py"]


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", our_files(), ids=module_name)
def test_a_module_imports_only_its_own_layer_and_those_below(path):
    own = layer_of(module_name(path))
    above = sorted(name for name in imports_of(path) if (layer_of(name) or 0) > own)
    assert above == []


def test_foreign_keys_point_the_same_way():
    wrong = []
    for model in apps.get_models():
        own = layer_of(model.__module__)
        for field in model._meta.get_fields():
            if own is None or not field.is_relation or field.auto_created or not field.related_model:
                continue
            if (layer_of(field.related_model.__module__) or 0) > own:
                wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


def test_no_file_is_too_long_to_read():
    files = our_files() + [path for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py")]
    long = {str(path.relative_to(ROOT)) for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 400}
    assert long == set()


OF_PEOPLE = {"user", "learner", "device", "recorder"}
SHOWN_TO_NOBODY = {"SecretCode", "RejectedEvent"}  # no page, list or export has them


def test_every_private_model_says_who_may_see_it():
    private = [
        model
        for model in apps.get_models()
        if layer_of(model.__module__) is not None
        and any(field.name in OF_PEOPLE for field in model._meta.get_fields() if field.concrete)
    ]
    missing = {model.__name__ for model in private if not hasattr(model._default_manager.all(), "visible_to")}
    assert len(private) > len(SHOWN_TO_NOBODY)
    assert missing == SHOWN_TO_NOBODY


LEARNED = {
    *("LearningEvent", "RejectedEvent", "LessonProgress", "Enrolment"),
    *("ActiveMonth", "CourseCount", "LessonCount", "LastHeard"),
    *("PeopleCount", "AgeCount", "CountedPerson", "QuestionCount", "LateCount", "MovedAway"),
}
WRITING = {
    *("create", "bulk_create", "get_or_create", "update_or_create", "aget_or_create", "acreate"),
    *("update", "bulk_update", "delete", "save"),
}


def writes_of_learning(path):
    """Where a file makes, changes or removes rows of what people learned, as far as its words show."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            names = {inner.id for inner in ast.walk(node.func) if isinstance(inner, ast.Name)}
            if names & LEARNED:
                yield node.lineno


def test_learning_is_written_in_one_package_only():
    door = ROOT / "courses" / "progress"
    outside = [path for path in our_files() if door not in path.parents]
    assert any(writes_of_learning(door / "rebuilding.py")), "the test sees no writes at all"
    found = [f"{module_name(path)}:{line}" for path in outside for line in writes_of_learning(path)]
    found += [module_name(path) for path in outside if "courses.progress.sql" in set(imports_of(path))]
    assert found == []


def test_what_was_learned_is_in_no_form_of_the_studio():
    from wagtail.snippets.models import get_snippet_models

    assert not LEARNED & {model.__name__ for model in get_snippet_models()}
    assert {model.__name__ for model in apps.get_app_config("courses").get_models()} >= LEARNED
