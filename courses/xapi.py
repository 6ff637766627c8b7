"""Events as statements of xAPI 1.0.3, so that any record store can take them in.

People are accounts of this installation by their id, never by name; courses, lessons and activities are
`urn:uuid:` of their keys, which are the same in every installation.
"""

from courses.models import LessonOutline

VERBS = {
    "started": ("http://adlnet.gov/expapi/verbs/initialized", "initialized", "เริ่มเรียน"),
    "answered": ("http://adlnet.gov/expapi/verbs/answered", "answered", "ตอบ"),
    "finished": ("http://adlnet.gov/expapi/verbs/completed", "completed", "เรียนจบ"),
    "passed": ("http://adlnet.gov/expapi/verbs/passed", "passed", "ผ่านแล้ว"),
    "attempted": ("http://adlnet.gov/expapi/verbs/attempted", "attempted", "ลองแล้ว"),
}
COURSE, LESSON = "http://adlnet.gov/expapi/activities/course", "http://adlnet.gov/expapi/activities/lesson"
QUESTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
INTERACTIONS = {
    "single_choice": "choice",
    "multiple_choice": "choice",
    "true_false": "true-false",
    "ordering": "sequencing",
    "matching": "matching",
    "fill_in": "fill-in",
    "number": "numeric",
    "reflection": "long-fill-in",
    "task": "other",
}
CENTRE, SESSION, NOTE = "urn:x-sala:centre", "urn:x-sala:group-session", "urn:x-sala:note"
VERSION = "1.0.3"


def statements(events, home_page):
    """One statement an event; `home_page` is the address of this installation. One query, however many there are."""
    lessons = {event.lesson for event in events if event.activity}
    known = LessonOutline.objects.filter(lesson__in=lessons).values_list("activities", flat=True)
    kinds = {activity: about["kind"] for activities in known for activity, about in activities.items()}
    return [_statement(event, kinds.get(str(event.activity), "task"), home_page) for event in events]


def _statement(event, kind, home_page):
    found = {
        "id": str(event.id),
        "actor": _agent(event.learner_id, home_page),
        "verb": _verb(event),
        "object": _question(event, kind) if event.activity else _activity(event.lesson, LESSON),
        "context": _context(event, home_page),
        "timestamp": _moment(event.occurred_at),
        "stored": _moment(event.recorded_at),
        "authority": {"objectType": "Agent", "account": {"homePage": home_page, "name": "sala"}},
        "version": VERSION,
    }
    if result := _result(event, kind):
        found["result"] = result
    return found


def _agent(person, home_page):
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": str(person)}}


def _verb(event):
    name = event.verb
    if name == "checked":
        name = "passed" if event.correct else "attempted"
    address, english, thai = VERBS[name]
    return {"id": address, "display": {"en": english, "th": thai}}


def _activity(key, kind):
    return {"objectType": "Activity", "id": f"urn:uuid:{key}", "definition": {"type": kind}}


def _question(event, kind):
    found = _activity(event.activity, QUESTION)
    found["definition"]["interactionType"] = INTERACTIONS[kind]
    return found


def _result(event, kind):
    found = {}
    if event.correct is not None:
        found["success"] = event.correct
    if event.score is not None:
        found["score"] = {"scaled": event.score}
    if event.verb == "finished":
        found["completion"] = True
    if event.seconds:
        found["duration"] = f"PT{event.seconds}S"
    if event.verb == "answered":
        found["response"] = response(kind, event.answer)
    elif event.verb == "checked":
        found["response"] = response("task", event.answer["done"])
    return found


def response(kind, answer):
    """An answer as xAPI writes it: parts joined by [,], the two of a pair by [.]."""
    if kind == "matching":
        return "[,]".join(f"{left}[.]{right}" for left, right in enumerate(answer))
    if kind == "true_false":
        return "true" if answer else "false"
    if isinstance(answer, list):
        return "[,]".join(str(part) for part in answer)
    return str(answer)


def _context(event, home_page):
    places = {"grouping": [_activity(event.course, COURSE)]}
    if event.activity:
        places["parent"] = [_activity(event.lesson, LESSON)]
    found = {"platform": "Sala", "contextActivities": places, "extensions": {CENTRE: event.centre.code}}
    if event.session:
        found["extensions"][SESSION] = str(event.session)
    if event.verb == "checked":
        found["extensions"][NOTE] = event.answer.get("note", "")
    if event.recorder_id:
        found["instructor"] = _agent(event.recorder_id, home_page)
    return found


def _moment(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
