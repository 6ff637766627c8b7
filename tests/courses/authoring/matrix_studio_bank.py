"""Rows of test_studio_matrix.py: the bank of questions, courses as files, lessons on paper.

The columns are explained in matrix_studio_ours.py.
"""

QUESTION, EXPORT = "studio/questions/<uuid:question>/", "studio/export-course/"
#                                                                                out own other core editor root
BANK_ROWS = {
    ("GET", "studio/questions/"):                                                    ">  .  .  .  .  .",
    ("GET", "studio/questions/new/"):                                                ">  .  .  -  -  -",
    ("GET", "studio/questions/new/<slug:kind>/"):                                    ">  .  .  -  -  -",
    ("POST", "studio/questions/new/<slug:kind>/"):                                   ">  ?  ?  -  -  -",
    ("GET", "studio/questions/preview/<slug:kind>/"):                                ">  .  .  -  -  -",
    ("POST", "studio/questions/preview/<slug:kind>/"):                               ">  .  .  -  -  -",
    ("GET", "studio/questions/bring/"):                                              ">  .  .  -  -  -",
    ("POST", "studio/questions/bring/"):                                             ">  ?  ?  -  -  -",
    ("POST", "studio/questions/bring/keep/"):                                        ">  ?  ?  -  -  -",
    ("GET", "studio/questions/template/<slug:form>/"):                               ">  .  .  .  .  .",
    ("GET", "studio/questions/of-lesson/<int:page>/"):                               ">> .- -. -- -- --",
    ("POST", "studio/questions/of-lesson/<int:page>/"):                              ">> .- -. -- -- --",
    ("GET", QUESTION):                                                               ">> .- -. -- -- --",
    ("POST", QUESTION):                                                              ">> ?- -? -- -- --",
    ("GET", QUESTION + "seen/"):                                                     ">> .- -. .- -. -.",
    ("POST", QUESTION + "copy/"):                                                    ">> >- -> -- -- --",
    ("GET", QUESTION + "remove/"):                                                   ">> .- -. -- -- --",
    ("POST", QUESTION + "remove/"):                                                  ">> >- -> -- -- --",
    ("GET", QUESTION + "lesson/"):                                                   ">> .- -. -- -- --",
    ("POST", QUESTION + "lesson/"):                                                  ">> -- -- -- -- --",
    ("GET", EXPORT):                                                                 ">  .  .  .  .  .",
    ("GET", EXPORT + "<int:page>/"):                                                 ">> .- -. -- -- --",
    ("GET", EXPORT + "<int:page>/zip/"):                                             ">> .- -. -- -- --",
    ("GET", "studio/import-course/"):                                                ">  .  .  -  .  .",
    ("POST", "studio/import-course/"):                                               ">  ?  ?  -  ?  ?",
    ("GET", "studio/print-lesson/<int:page>/"):                                      ">> .- -. .- -. -.",
}  # fmt: skip
