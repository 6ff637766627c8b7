"""Rows of test_studio_matrix.py: the studio's addresses of ours. The signs are explained there.

Columns: whoever has no business in the studio (a visitor, a learner, a helper, a core member whose appointment ended,
an officer who edits nothing) | the caretaker of Ban Nong Bua | of Ban Pua | the core member in charge of Ban Nong Bua |
an editor of the nation's courses, who reviews for Ban Pua, as it has no core member | a superuser. The nation has no
course here in which a lesson could be begun.
"""

LESSON = "studio/lessons/<uuid:key>/"
MEDIA, VOICE = "studio/media/<uuid:lesson>/", "studio/voice/<uuid:lesson>/"
#                                                                                out own other core editor root
OUR_ROWS = {
    ("GET", "studio/new/"):                                                          ">  .  .  -  -  -",
    ("GET", "studio/new/<slug:pattern>/"):                                           ">  .  .  -  -  -",
    ("POST", "studio/new/<slug:pattern>/"):                                          ">  ?  ?  -  -  -",
    ("GET", "studio/help/"):                                                         ">  .  .  .  .  .",
    ("GET", LESSON):                                                                 ">> .- -. .- -. -.",
    ("GET", LESSON + "checks/"):                                                     ">> .- -. .- -. -.",
    ("GET", LESSON + "questions/"):                                                  ">> .- -. -- -- --",
    ("POST", LESSON + "questions/"):                                                 ">> ?- -? -- -- --",
    ("GET", MEDIA):                                                                  ">> .- -. -- -- --",
    ("POST", MEDIA + "photo/"):                                                      ">> ?- -? -- -- --",
    ("POST", MEDIA + "film/"):                                                       ">> ?- -? -- -- --",
    ("POST", MEDIA + "credit/"):                                                     ">> ?- -? -- -- --",
    ("GET", VOICE):                                                                  ">> .- -. -- -- --",
    ("POST", VOICE + "story/"):                                                      ">> ?- -? -- -- --",
    ("POST", VOICE + "<slug:part>/"):                                                ">> ?- -? -- -- --",
    ("POST", VOICE + "<slug:part>/silence/"):                                        ">> >- -> -- -- --",
    ("GET", "studio/import/"):                                                       ">  .  .  -  -  -",
    ("POST", "studio/import/"):                                                      ">  ?  ?  -  -  -",
    ("GET", "studio/import/<uuid:pk>/"):                                             ">> .- -. -- -- --",
    ("GET", "studio/facts/"):                                                        ">  -  -  -  .  .",
}  # fmt: skip
