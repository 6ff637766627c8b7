"""Who can open what: every address of the site, for everybody, at one's own centre and at the other.

Signs: `.` the page (200), `>` sent elsewhere (30x), `-` not found, `x` refused (403), `!` a token wanted (401)
`?` something must be sent or asked (400, 415), `#` something else comes first (409, 410),
`m` another method is wanted (405). Two signs are one's own centre's row
and the other's.
"""

import pytest
from django.test import Client
from django.utils import timezone

from courses.certificates import certificate_of
from courses.models import Enrolment, GroupMember, GroupSession
from lms.accounts.models import ApiToken, User
from lms.centres.cards import card_of
from lms.centres.models import Centre, DataRequest, Device, LearnerImport, PhoneInvite
from tests.addresses import routes
from tests.matrix_authoring import AUTHORING_ROWS
from tests.matrix_kept import KEPT_ROWS
from tests.matrix_ministry import MINISTRY_ROWS, oddity_of
from tests.matrix_open import OPEN_ROWS
from tests.matrix_own import OWN_ROWS
from tests.matrix_staff import STAFF_ROWS, places_of

SIGNS = {
    200: ".", 204: ".", 301: ">", 302: ">", 303: ">", 400: "?", 401: "!", 403: "x",
    404: "-", 405: "m", 409: "#", 410: "#", 415: "?",
}  # fmt: skip
PEOPLE = ["nobody", "learner", "caretaker", "other", "core", "retired", "ministry", "root"]

LESSON = "courses/<page_slug:course>/<page_slug:lesson>/"
ACTIVITY = LESSON + "activities/<uuid:activity>/"
OF_CENTRE = "?centre=<slug:code>"
BATCH = "desk/import/<uuid:batch>/"
CERTIFICATE_OF, CERTIFICATE = "certificates/<uuid:learner>/<uuid:course>/", "certificates/<slug:number>/"
GROUP = "together/<uuid:session>/"
LEARNER, DEVICE = "desk/learners/<uuid:learner>/", "desk/devices/<uuid:device>/"
HELPED, TASK = "desk/tasks/", "desk/tasks/<uuid:learner>/<uuid:activity>/"  # what a helper sees as well

# Who is who: nobody | somsri, a learner | nok, her caretaker | kham, caretaker of the other centre | ek, core member in
# charge of her centre | the same out of charge, since yesterday | wipha of the ministry | a superuser.
# "Own" is Ban Nong Bua's row for all of them, and "the other's" is Ban Pua's.
#                                                 nobody learner caretaker other core retired ministry root
MATRIX = {
    **OPEN_ROWS,
    **AUTHORING_ROWS,
    ("GET", "media/<path:path>"):                "-      -       -         -     -    -       -        -",
    ("GET", "api/v1/"):                          ".      .       .         .     .    .       .        .",
    ("GET", "api/v1/courses/"):                  "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/courses/<uuid:key>/"):       "!!     .-      .-        -.    .-   --      ..       ..",
    ("GET", "api/v1/centres/"):                  "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/centres/<slug:code>/"):      "!!     .-      .-        -.    .-   --      ..       ..",
    ("GET", "api/v1/learners/"):                 "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/learners/<uuid:pk>/"):       "!!     .-      .-        -.    .-   --      --       ..",
    ("GET", "api/v1/progress/"):                 "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/events/"):                   "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/needs/"):                    "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/needs/" + OF_CENTRE):        "!!     .?      .?        ?.    .?   ??      ..       ..",
    ("GET", "api/v1/tasks/"):                    "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/tasks/" + OF_CENTRE):        "!!     .?      .?        ?.    .?   ??      ..       ..",
    ("GET", "api/v1/today/"):                    "!      ?       .         .     .    ?       ?        ?",
    ("GET", "api/v1/today/" + OF_CENTRE):        "!!     ??      .?        ?.    .?   ??      ??       ??",
    ("POST", "api/v1/events/"):                  "!      ?       ?         ?     ?    ?       ?        ?",
    ("GET", "api/v1/xapi/statements"):           "!      .       .         .     .    .       .        .",
    ("GET", "api/v1/statistics/completions/"):   "!      ?       ?         ?     ?    ?       ?        ?",
    ("GET", "api/v1/schema/"):                   ".      .       .         .     .    .       .        .",
    ("GET", "api/v1/docs/"):                     ".      .       .         .     .    .       .        .",
    ("GET", "api/<path:rest>"):                  "-      -       -         -     -    -       -        -",
    ("GET", "studio/login/"):                    ">      >       >         >     >    >       >        >",
    ("GET", "studio/jsi18n/"):                   ".      .       .         .     .    .       .        .",
    ("GET", "studio/"):                          ">      >       .         .     .    >       >        .",
    ("GET", "studio/failwhale/"):                "-      -       -         -     -    -       -        -",
    ("GET", "studio/choose-external-link/"):     "-      -       -         -     -    -       -        -",
    ("GET", "studio/<slug:finder>/create/"):     "-      -       -         -     -    -       -        -",
    ("GET", "studio/snippets/choose/courses/topic/create/"): "- - - - - - - -",
    ("GET", "documents/"):                       "-      -       -         -     -    -       -        -",
    ("GET", ""):                                 ".      .       >         >     >    .       >        .",
    ("GET", "courses/"):                         ".      .       .         .     .    .       .        .",
    ("GET", "courses/<page_slug:course>/"):      "--     .-      .-        -.    .-   --      ..       ..",
    ("GET", "courses/<page_slug:course>/finished/"): "-- --      --        --    --   --      --       --",
    ("GET", LESSON):                             "--     .-      .-        -.    .-   --      ..       ..",
    ("GET", LESSON + "print/"):                  "--     .-      .-        -.    .-   --      ..       ..",
    ("GET", LESSON + "finish/"):                 "--     >-      >-        ->    >-   --      >>       >>",
    ("POST", LESSON + "finish/"):                "--     >-      >-        ->    >-   --      >>       >>",
    ("GET", LESSON + "grading/"):                "--     .-      --        --    --   --      --       --",
    ("GET", ACTIVITY):                           "--     >-      >-        ->    >-   --      >>       >>",
    ("POST", ACTIVITY):                          "--     >-      .-        -.    .-   --      ..       ..",
    ("POST", "outbox/"):                         "x      ?       ?         ?     ?    ?       ?        ?",
    **KEPT_ROWS,
    ("GET", "together/new/"):                    ">      .       .         .     -    -       -        -",
    ("POST", "together/new/"):                   ">      .       .         .     -    -       -        -",
    ("GET", "together/join/"):                   "x      .       x         x     x    x       x        x",
    ("POST", "together/join/"):                  "x      .       x         x     x    x       x        x",
    ("GET", GROUP):                              "--     .-      --        --    --   --      --       --",
    ("POST", GROUP):                             "--     >-      --        --    --   --      --       --",
    ("GET", GROUP + "people/"):                  "--     .-      --        --    --   --      --       --",
    ("POST", GROUP + "people/"):                 "--     >-      --        --    --   --      --       --",
    ("GET", GROUP + "people/<uuid:learner>/"):   "--     .-      --        --    --   --      --       --",
    ("POST", GROUP + "people/<uuid:learner>/"):  "--     >-      --        --    --   --      --       --",
    ("GET", GROUP + "activities/<uuid:activity>/"): "--  >-      --        --    --   --      --       --",
    ("POST", GROUP + "activities/<uuid:activity>/"): "-- >-      --        --    --   --      --       --",
    ("POST", GROUP + "touch/"):                  "--     .-      --        --    --   --      --       --",
    ("GET", GROUP + "steps/"):                   "--     .-      --        --    --   --      --       --",
    ("GET", GROUP + "joined/"):                  "--     .-      --        --    --   --      --       --",
    ("POST", GROUP + "leave/"):                  "--     >-      --        --    --   --      --       --",
    ("POST", GROUP + "end/"):                    "--     >-      --        --    --   --      --       --",
    ("GET", "notebook/"):                        ">      .       -         -     -    -       -        -",
    ("GET", "check/"):                           ".      .       .         .     .    .       .        .",
    ("GET", "check/<str:text>/"):                "-      -       -         -     -    -       -        -",
    ("GET", "certificates/"):                    ">      .       -         -     -    -       -        -",
    ("GET", "certificates/keys/"):               ".      .       .         .     .    .       .        .",
    ("GET", "certificates/keys/<slug:kid>/"):    ".      .       .         .     .    .       .        .",
    ("GET", "certificates/issuer/"):             ".      .       .         .     .    .       .        .",
    ("GET", "certificates/revoked/"):            ".      .       .         .     .    .       .        .",
    ("GET", CERTIFICATE_OF):                     ">>     >-      >-        ->    >-   --      --       >>",
    ("GET", CERTIFICATE):                        ">>     .-      .-        -.    .-   --      --       ..",
    ("GET", CERTIFICATE + "pdf/"):               ">>     .-      .-        -.    .-   --      --       ..",
    ("GET", CERTIFICATE + "badge/"):             ">>     .-      .-        -.    .-   --      --       ..",
    ("GET", "my-data/"):                          ">      .       -         -     -    -       -        -",
    ("GET", "my-data/copy/"):                     ">      .       -         -     -    -       -        -",
    ("GET", "my-data/copy.json"):                 ">      .       -         -     -    -       -        -",
    ("GET", "my-data/correct/"):                  ">      .       -         -     -    -       -        -",
    ("GET", "my-data/requests/"):                 ">      .       -         -     -    -       -        -",
    ("GET", "my-data/erase/"):                    ">      .       -         -     -    -       -        -",
    ("POST", "my-data/requests/<uuid:data_request>/"): ">>     >-      --        --    --   --      --       --",
    ("GET", "sign-in/"):                         ".      >       >         >     >    >       >        >",
    ("GET", "sign-out/"):                        "m      m       m         m     m    m       m        m",
    ("POST", "sign-out/"):                       ">      >       >         >     >    >       >        >",
    ("POST", "look/"):                           ">      >       >         >     >    >       >        >",
    ("POST", "still-here/"):                     "x      .       .         .     .    .       .        .",
    ("GET", "who/"):                             "x      x       x         x     x    x       x        x",
    ("GET", "who/<uuid:learner>/"):              "xx     xx      xx        xx    xx   xx      xx       xx",
    ("POST", "who/<uuid:learner>/"):             "xx     xx      xx        xx    xx   xx      xx       xx",
    ("GET", "card/<str:card>/"):                 "xx     xx      xx        xx    xx   xx      xx       xx",
    ("GET", "phone/<str:text>/"):                "..     ..      ..        ..    ..   ..      ..       ..",
    ("POST", "phone/<str:text>/"):               ">>     >>      >>        >>    >>   >>      >>       >>",
    ("GET", "who/new/"):                         "x      x       x         x     x    x       x        x",
    ("POST", "who/new/"):                        "x      x       x         x     x    x       x        x",
    ("GET", "who/new/<slug:step>/"):             "x      x       x         x     x    x       x        x",
    ("POST", "who/new/<slug:step>/"):            "x      x       x         x     x    x       x        x",
    ("GET", "subdistricts/"):                    ".      .       .         .     .    .       .        .",
    ("GET", "notice/"):                          ".      .       .         .     .    .       .        .",
    ("GET", "my-data/consents/"):                ">      .       -         -     -    -       -        -",
    ("POST", "my-data/consents/"):               ">      >       -         -     -    -       -        -",
    ("GET", "desk/"):                            ">      -       .         .     .    -       -        -",
    ("GET", "desk/" + OF_CENTRE):         ">>     --      .-        -.    .-   --      --       --",
    ("GET", "desk/help/"):                       ">      -       .         .     .    -       -        -",
    ("GET", "desk/help/" + OF_CENTRE):           ">>     --      .-        -.    .-   --      --       --",
    ("GET", "desk/grid/"):                       ">      -       .         .     .    -       -        -",
    ("GET", "desk/grid/" + OF_CENTRE):           ">>     --      .-        -.    .-   --      --       --",
    ("GET", "desk/tasks/"):                      ">      -       .         .     .    -       -        -",
    ("GET", "desk/tasks/" + OF_CENTRE):          ">>     --      .-        -.    .-   --      --       --",
    ("GET", TASK):                               ">>     --      .-        -.    .-   --      --       --",
    ("POST", TASK):                              ">>     --      ?-        -?    --   --      --       --",
    ("GET", "desk/learners/"):                   ">      -       .         .     .    -       -        -",
    ("GET", "desk/learners/" + OF_CENTRE):       ">>     --      .-        -.    .-   --      --       --",
    ("GET", "desk/learners/new/"):               ">      -       .         .     -    -       -        -",
    ("GET", "desk/learners/new/" + OF_CENTRE): ">>     --      .-        -.    --   --      --       --",
    ("POST", "desk/learners/new/" + OF_CENTRE): ">>     --      ?-        -?    --   --      --       --",
    ("GET", LEARNER):                            ">>     --      .-        -.    .-   --      --       --",
    ("GET", LEARNER + "lessons/<uuid:lesson>/"): ">>     --      .-        -.    .-   --      --       --",
    ("POST", LEARNER + "helper/"):               ">>     --      ?-        -?    --   --      --       --",
    ("GET", LEARNER + "code/"):                  ">>     --      .-        -.    --   --      --       --",
    ("POST", LEARNER + "code/"):                 ">>     --      >-        ->    --   --      --       --",
    ("POST", LEARNER + "phones/"):               ">>     --      #-        -#    --   --      --       --",
    ("POST", "desk/phones/<uuid:phone>/"):       ">>     --      >-        ->    --   --      --       --",
    ("GET", "desk/cards/" + OF_CENTRE):          ">>     --      .-        -.    --   --      --       --",
    ("POST", "desk/cards/" + OF_CENTRE):         ">>     --      .-        -.    --   --      --       --",
    ("GET", "desk/import/"):                     ">      -       .         .     -    -       -        -",
    ("GET", "desk/import/" + OF_CENTRE):         ">>     --      .-        -.    --   --      --       --",
    ("POST", "desk/import/" + OF_CENTRE):        ">>     --      ?-        -?    --   --      --       --",
    ("GET", "desk/import/template.csv"):         ">      -       .         .     .    -       -        -",
    ("GET", "desk/import/template.xlsx"):        ">      -       .         .     .    -       -        -",
    ("GET", BATCH):                              ">>     --      .-        -.    --   --      --       --",
    ("POST", BATCH + "undo/"):                   ">>     --      >-        ->    --   --      --       --",
    ("POST", BATCH + "confirm/"):                ">>     --      >-        ->    --   --      --       --",
    ("GET", LEARNER + "consents/"):              ">>     --      .-        -.    --   --      --       --",
    ("POST", LEARNER + "consents/"):             ">>     --      >-        ->    --   --      --       --",
    ("GET", LEARNER + "guardian/"):              ">>     --      --        -.    --   --      --       --",  # fah is 16
    ("POST", LEARNER + "guardian/"):             ">>     --      --        ->    --   --      --       --",
    ("GET", LEARNER + "guardian/paper/"):        ">>     --      --        -.    --   --      --       --",
    ("POST", LEARNER + "age/"):                  ">>     --      --        ->    --   --      --       --",
    ("GET", LEARNER + "correct/"):                ">>     --      .-        -.    --   --      --       --",
    ("POST", LEARNER + "correct/"):               ">>     --      ?-        -?    --   --      --       --",
    ("GET", LEARNER + "request/"):                ">>     --      .-        -.    --   --      --       --",
    ("POST", LEARNER + "request/"):               ">>     --      ?-        -?    --   --      --       --",
    ("GET", LEARNER + "erase/"):                  ">>     --      .-        -.    --   --      --       --",
    ("POST", LEARNER + "erase/"):                 ">>     --      ?-        -?    --   --      --       --",
    ("GET", "desk/requests/"):                    ">      -       .         .     .    -       -        -",
    ("GET", "desk/requests/" + OF_CENTRE):        ">>     --      .-        -.    .-   --      --       --",
    ("GET", "desk/requests/<uuid:data_request>/"): ">>     --      .-        -.    --   --      --       --",
    ("POST", "desk/requests/<uuid:data_request>/"): ">>     --      ?-        -?    --   --      --       --",
    ("GET", "desk/staying/"):                     ">      -       .         .     .    -       -        -",
    ("GET", "desk/staying/" + OF_CENTRE):         ">>     --      .-        -.    .-   --      --       --",
    ("POST", "desk/staying/" + OF_CENTRE):        ">>     --      --        --    --   --      --       --",
    ("GET", "desk/devices/"):                    ">      -       .         .     .    -       -        -",
    ("GET", "desk/devices/" + OF_CENTRE): ">>     --      .-        -.    .-   --      --       --",
    ("POST", "desk/devices/" + OF_CENTRE): ">>     --      ?-        -?    --   --      --       --",
    ("POST", DEVICE):                            ">>     --      >-        ->    --   --      --       --",
    ("GET", "desk/audit/"):                      ">      -       .         .     .    -       -        -",
    ("GET", "desk/audit/" + OF_CENTRE):          ">>     --      .-        -.    .-   --      --       --",
    ("GET", "desk/more/"):                       ">      -       .         .     .    -       -        -",
    ("GET", "desk/tokens/"):                     ">      -       .         .     -    -       -        -",
    ("GET", "desk/tokens/" + OF_CENTRE): ">>     --      .-        -.    --   --      --       --",
    ("POST", "desk/tokens/" + OF_CENTRE): ">>     --      ?-        -?    --   --      --       --",
    ("POST", "desk/tokens/<int:token>/"):        ">>     --      >-        ->    --   --      --       --",
    ("GET", "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/"): "- - - - - - - -",
    ("GET", "_util/login/"):                     ">      >       >         >     >    >       >        >",
    ("GET", r"^((?:[\w\-]+/)*)$"):               "-      -       -         -     -    -       -        -",
    **OWN_ROWS,
    **STAFF_ROWS,
    **MINISTRY_ROWS,
}  # fmt: skip

# Two more people, as whom they are on pages without a row, and on those with one; and where they are not: another
# learner, who is a helper at Ban Nong Bua, and a core member of another region, who looks after a centre there.
LIKE = {"helper": ("learner", "learner"), "core_elsewhere": ("core", "retired")}
BUT = {
    ("helper", "GET", "api/v1/learners/<uuid:pk>/"): "--",
    ("helper", "POST", "my-data/requests/<uuid:data_request>/"): "--",  # it is somsri's
    **{("helper", method, route): "--" for method, route in MATRIX if route.startswith((CERTIFICATE_OF, CERTIFICATE))},
    **{("helper", method, route): "--" for method, route in MATRIX if route.startswith(GROUP)},  # somsri leads it
    ("helper", "GET", HELPED): ".",
    ("helper", "GET", HELPED + OF_CENTRE): ".-",
    ("helper", "GET", TASK): ".-",
    ("helper", "POST", TASK): "?-",
}
EVERYBODY = [*PEOPLE, *LIKE]


def wanted(who, method, route):
    """What the table says of one of them."""
    signs = MATRIX[method, route].split()
    plain, of_rows = LIKE.get(who, (who, who))
    like = of_rows if len(signs[0]) == 2 else plain
    return BUT.get((who, method, route)) or signs[PEOPLE.index(like)]


@pytest.fixture
def people(somsri, nok, kham, ek, wipha, helper, core_elsewhere, regions, ban_nong_bua):
    retired = User.objects.create_user("retired", "password-of-retired", name="พี่เก่า")
    retired.appointments.create(region=regions["NE"], started_on="2020-01-01", ended_on="2020-12-31").centres.add(
        ban_nong_bua
    )
    root = User.objects.create_superuser("root", "password-of-root")
    them = [None, somsri, nok, kham, ek, retired, wipha, root, helper, core_elsewhere]
    return dict(zip(EVERYBODY, them, strict=True))


@pytest.fixture
def helper(learner_at, ban_nong_bua):
    """พี่อ้อย, who learns at Ban Nong Bua and helps there."""
    helper = learner_at(ban_nong_bua, "พี่อ้อย")
    ban_nong_bua.memberships.create(user=helper, role="helper", started_on="2020-01-01")
    return helper


@pytest.fixture
def core_elsewhere(regions, subdistrict_of):
    """A core member for the Central region, who looks after a centre there."""
    person = User.objects.create_user("elsewhere", "password-of-elsewhere", name="พี่กลาง")
    place = subdistrict_of("72", "สุพรรณบุรี", "Suphan Buri", "C")
    centre = Centre.objects.create(code="TH-72-0001", name_th="ศูนย์", subdistrict=place, host_kind="temple")
    person.appointments.create(region=regions["C"], started_on="2020-01-01").centres.add(centre)
    return person


@pytest.fixture
def rows(somsri, fah, nok, kham, device, ban_nong_bua, ban_pua, write_course, hands_on, did):
    """What an address names, of one's own centre and of the other."""
    theirs = Device.objects.create(centre=ban_pua, name="เครื่อง 2")
    places = [(ban_nong_bua, somsri, device), (ban_pua, fah, theirs)]
    for learner in (somsri, fah):
        did(learner, hands_on, "task", [0, 1, 2])
        did(learner, hands_on, "finished")
    task = {"<uuid:lesson>": hands_on.key, "<task>": hands_on.body[1].id}
    return [_row(centre, learner, machine, write_course(centre=centre), task) for centre, learner, machine in places]


def _row(centre, learner, machine, course, task):
    lesson = course.lessons()[0]
    certificate = certificate_of(Enrolment.objects.completed().get(learner=learner))
    type(course).objects.filter(pk=course.pk).update(group_activity={"title": "เกมตลาดนัด"})
    group = GroupSession.objects.create(centre=centre, facilitator=learner, course=course.key, lesson=lesson.key)
    GroupMember.objects.create(session=group, learner_id=learner.pk)
    values = {
        "<uuid:course>": certificate.course,
        "<slug:number>": certificate.number,
        "<slug:kid>": certificate.key_id,
        "<page_slug:course>": course.slug,
        "<page_slug:lesson>": lesson.slug,
        "<uuid:activity>": lesson.body[1].id,
        "<uuid:key>": course.key,
        "<slug:code>": centre.code,
        **places_of(centre),
        **oddity_of(centre, learner),
        "<slug:finder>": "centre-finder",
        "<slug:step>": "age",
        "<uuid:session>": group.pk,
        "<uuid:learner>": learner.pk,
        "<uuid:pk>": learner.pk,
        "<uuid:device>": machine.pk,
        "<uuid:batch>": LearnerImport.objects.create(centre=centre, finished_at=timezone.now()).pk,
        "<uuid:phone>": Device.objects.create(centre=centre, name="มือถือ", owner=learner).pk,
        "<str:card>": card_of(learner),
        "<str:text>": PhoneInvite.objects.make(learner, None)[1],
        "<int:token>": ApiToken.objects.make(centre.memberships.get(role="caretaker").user, "x", centre=centre.code)[
            0
        ].pk,
        "<uuid:data_request>": DataRequest.objects.create(learner=learner, centre=centre, kind="copy").pk,
        "<path:path>": "documents/nothing.pdf",
        "<path:rest>": "nothing/",
        "<int:page_view_restriction_id>": 1,
        "<int:page_id>": 1,
        r"^((?:[\w\-]+/)*)$": "nothing/here/",
    }
    return lambda route: _filled(route, values | task | ({"<uuid:activity>": task["<task>"]} if route == TASK else {}))


def _filled(route, values):
    for mark, value in values.items():
        route = route.replace(mark, str(value))
    return f"/{route}"


FORMS = {
    ACTIVITY: {"answer": "1"},
    GROUP + "activities/<uuid:activity>/": {"answer": "1"},
    LEARNER + "code/": {"unlock": "1"},
    LEARNER + "consents/": {"how": "screen"},
    LEARNER + "guardian/": {"name": "แม่สมใจ", "relation": "mother", "how": "paper"},
}


def sign_of(client, method, route, address):
    answer = client.generic(method, address) if method == "GET" else client.post(address, FORMS.get(route, {}))
    if answer.streaming:
        list(answer.streaming_content)  # or it keeps its place among the files that are sent at a time
    return SIGNS.get(answer.status_code, str(answer.status_code))


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_opens_what_is_theirs_and_nothing_else(who, people, rows):
    """One's own requests run in the table's order, so that what is revoked is revoked last."""
    found, expected = {}, {}
    for method, route in MATRIX:
        signs = wanted(who, method, route)
        client = Client()
        if people[who]:
            client.force_login(people[who])
        pair = zip(signs, rows, strict=False)
        expected[method, route] = signs
        found[method, route] = "".join(sign_of(client, method, route, row(route)) for _sign, row in pair)
    assert found == expected


INVITATION = "phone/<str:text>/"  # names its learner to whoever holds it: the caretaker has just shown it to them
MAY_NAME = {"learner": "own", "caretaker": "own", "core": "own", "other": "other's", "root": "both"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_names_a_learner_to_who_does_not_look_after_them(who, people, rows, somsri, fah):
    client = Client()
    if people[who]:
        client.force_login(people[who])
    for learner, name in ((somsri, "ป้าหนึ่งเดียว"), (fah, "น้องคนเดียว")):  # in no example of a page or the schema
        learner.name = name
        learner.save()
    for method, route in MATRIX:
        may_name = "own" if who == "helper" and route.startswith(HELPED) else MAY_NAME.get(who)
        hidden = {"own": [fah], "other's": [somsri], "both": []}.get(may_name, [somsri, fah])
        if method == "GET" and route not in ("studio/", INVITATION):
            for row in rows:
                answer = client.get(row(route))
                html = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
                    errors="replace"
                )
                assert not [learner for learner in hidden if learner.name in html], route


def test_every_address_of_the_site_is_in_the_table():
    assert {route.removesuffix(OF_CENTRE) for _method, route in MATRIX} == set(routes())


def test_every_row_of_the_table_says_it_of_everybody():
    assert all(len(signs.split()) == len(PEOPLE) for signs in MATRIX.values())
    assert {(method, route) for _who, method, route in BUT} <= set(MATRIX)


def test_on_the_centres_machine_its_own_learners_are_offered_and_no_others(rows, device, set_code, somsri, fah):
    set_code(somsri, "fish-lotus-mango")
    set_code(fah, "fish-lotus-mango")
    machine = Client()
    machine.cookies["sala_device"] = device.cookie
    for method in ("GET", "POST"):
        signs = "".join(sign_of(machine, method, "", row("who/<uuid:learner>/")) for row in rows)
        assert signs in (".-", ">-"), method
