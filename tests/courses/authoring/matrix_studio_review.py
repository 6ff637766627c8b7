"""Rows of test_studio_matrix.py: lessons on their way to their learners, earlier versions, and what centres offer.

The columns are explained in matrix_studio_ours.py. The lesson is one that learners see, and that is offered to all; the
review is of a draft.
"""

LESSON, REVIEW, OFFERED = "studio/lessons/<uuid:key>/", "studio/reviews/<uuid:review>/", "studio/offered/"
VERSION = LESSON + "versions/<int:version>/"
#                                                                                out own other core editor root
REVIEW_ROWS = {
    ("GET", LESSON + "review/"):                                                     ">> .- -. -- -- --",
    ("GET", LESSON + "submit/"):                                                     ">> >- -> -- -- --",
    ("POST", LESSON + "submit/"):                                                    ">> >- -> -- -- --",
    ("POST", LESSON + "withdraw/"):                                                  ">> >- -> -- -- --",
    ("POST", LESSON + "offer/"):                                                     ">> >- -> -- -- --",
    ("GET", LESSON + "versions/"):                                                   ">> .- -. .- -. -.",
    ("GET", VERSION):                                                                ">> .- -. .- -. -.",
    ("POST", VERSION + "back/"):                                                     ">> >- -> >- -> ->",
    ("POST", "studio/review-comments/<uuid:comment>/resolved/"):                     ">> >- -> -- -- --",
    ("GET", "studio/reviews/"):                                                      ">  .  .  .  .  .",
    ("GET", REVIEW):                                                                 ">> -- -- .- -. -.",
    ("POST", REVIEW + "comments/"):                                                  ">> -- -- ?- -? -?",
    ("POST", REVIEW + "send-back/"):                                                 ">> -- -- ?- -? -?",
    ("POST", REVIEW + "publish/"):                                                   ">> -- -- #- -# -#",
    ("GET", OFFERED):                                                                ">  .  .  -  -  -",
    ("GET", OFFERED + "<uuid:key>/"):                                                ">> -. .- -- -- --",
    ("POST", OFFERED + "<uuid:key>/adopt/"):                                         ">> -? ?- -- -- --",
}  # fmt: skip
