"""What every operation has in common, told once for the whole OpenAPI schema: scopes, tags of answers, throttles."""

from drf_spectacular.openapi import AutoSchema

from lms.accounts import problems
from lms.accounts.tokens import TokenScheme, scope_of

ETAG = {"description": "Of these words; send it back in `If-None-Match`.", "schema": {"type": "string"}}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "The `ETag` of an earlier answer: if nothing changed, the answer is 304 without a body.",
}
RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
TOO_OFTEN = problems.problem(429, "Too often", "This is too much at once. Wait 42 seconds, then send the same again.")


class Schema(AutoSchema):
    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        if operation:
            self._tell_scope(operation)
            self._tell_throttle(operation)
            if self.method == "GET":
                self._tell_tag(operation)
        return operation

    def _tell_scope(self, operation):
        scope = scope_of(self.view, self.method)
        wanted = f"A token needs the scope `{scope}`." if scope else "A token of any scope will do."
        operation["description"] = f"{operation.get('description', '')}\n\n{wanted}".strip()
        for way in operation.get("security", []):
            if TokenScheme.name in way:
                way[TokenScheme.name] = [scope] if scope else []

    def _tell_throttle(self, operation):
        said = operation["responses"]["401"]["content"][problems.TYPE]["schema"]
        content = {"schema": said, "examples": {"TooOften": {"value": TOO_OFTEN, "summary": "Too often"}}}
        operation["responses"]["429"] = {
            "description": "Too many calls of this token in a minute, or too many sheets at a time.",
            "headers": {"Retry-After": RETRY_AFTER},
            "content": {problems.TYPE: content},
        }

    def _tell_tag(self, operation):
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
        operation["responses"]["200"].setdefault("headers", {})["ETag"] = ETAG
        operation["responses"]["304"] = {"description": "Nothing changed.", "headers": {"ETag": ETAG}}
