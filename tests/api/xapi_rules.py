"""The rules of xAPI 1.0.3 for a statement, as JSON Schema (xAPI-Data.md, part 2, sections 2.2 to 2.4 and 4)."""

from jsonschema import Draft202012Validator

UUID = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
LANGUAGES = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "additionalProperties": {"type": "string"},
}
MOMENT = {
    "type": "string",  # RFC 3339, with its offset and never -00:00
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-](?!00:00$)\d\d:\d\d|\+00:00)$",
}
DURATION = {"type": "string", "pattern": r"^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"}
EXTENSIONS = {"type": "object", "propertyNames": IRI}


def only(required=(), **properties):
    """An object with no other properties: the specification forbids unknown ones."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


ACCOUNT = only(["homePage", "name"], homePage=IRI, name={"type": "string", "minLength": 1})
AGENT = {
    **only(
        objectType={"const": "Agent"},
        name={"type": "string"},
        mbox={"type": "string", "pattern": "^mailto:"},
        mbox_sha1sum={"type": "string"},
        openid=IRI,
        account=ACCOUNT,
    ),
    "oneOf": [{"required": [name]} for name in ("mbox", "mbox_sha1sum", "openid", "account")],
}
INTERACTIONS = ["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing"]
ACTIVITY = only(
    ["id"],
    objectType={"const": "Activity"},
    id=IRI,
    definition=only(
        type=IRI,
        name=LANGUAGES,
        description=LANGUAGES,
        moreInfo=IRI,
        extensions=EXTENSIONS,
        interactionType={"enum": [*INTERACTIONS, "likert", "numeric", "other"]},
        correctResponsesPattern={"type": "array", "items": {"type": "string"}},
    ),
)
ACTIVITIES = {"type": "array", "items": ACTIVITY, "minItems": 1}
SCORE = only(
    scaled={"type": "number", "minimum": -1, "maximum": 1},
    raw={"type": "number"},
    min={"type": "number"},
    max={"type": "number"},
)
RESULT = only(
    score=SCORE,
    success={"type": "boolean"},
    completion={"type": "boolean"},
    response={"type": "string"},
    duration=DURATION,
    extensions=EXTENSIONS,
)
CONTEXT = only(
    registration=UUID,
    instructor=AGENT,
    revision={"type": "string"},
    platform={"type": "string"},
    language={"type": "string"},
    contextActivities=only(parent=ACTIVITIES, grouping=ACTIVITIES, category=ACTIVITIES, other=ACTIVITIES),
    extensions=EXTENSIONS,
)
STATEMENT = only(
    ["id", "actor", "verb", "object", "timestamp", "stored", "authority", "version"],  # the last four: as it is stored
    id=UUID,
    actor=AGENT,
    verb=only(["id"], id=IRI, display=LANGUAGES),
    object=ACTIVITY,
    result=RESULT,
    context=CONTEXT,
    timestamp=MOMENT,
    stored=MOMENT,
    authority=AGENT,
    version={"type": "string", "pattern": r"^1\.0(\.\d+)?$"},
)
RULES = Draft202012Validator(STATEMENT)


def broken_rules(statement):
    """What a record store would refuse in a statement."""
    found = [f"{error.json_path}: {error.message}" for error in RULES.iter_errors(statement)]
    return found + [f"{path} is null" for path in _nulls(statement, "$")]


def _nulls(value, path):
    """Null is forbidden everywhere but in extensions."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "extensions":
                yield from _nulls(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _nulls(inner, f"{path}[{place}]")
    elif value is None:
        yield path
