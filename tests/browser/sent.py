"""What a site is sent from outboxes: noted request by request, or not taken as long as it is too busy."""

import json
import os

from django.http import HttpResponse

KINDS = {"/api/v1/events/": "events", "/outbox/": "boxes"}


def sent(get_response):
    def answer(request):
        if request.method != "POST" or request.path not in KINDS:
            return get_response(request)
        if "SALA_TEST_BUSY" in os.environ:
            return HttpResponse(status=503)
        with open(os.environ["SALA_TEST_SENT"], "a", encoding="utf-8") as log:
            log.write(json.dumps([each["id"] for each in json.loads(request.body)[KINDS[request.path]]]) + "\n")
        return get_response(request)

    return answer
