"""Rows of tests/test_access_matrix.py for pages that a phone keeps. The signs are explained there."""

LESSON = "courses/<page_slug:course>/<page_slug:lesson>/"

#                                                 nobody learner caretaker other core retired ministry root
KEPT_ROWS = {
    ("GET", "kept/"):                            "-      .       -         -     -    -       -        -",
    ("GET", "kept/together/"):                   "-      .       -         -     -    -       -        -",
    ("GET", "kept/together/<page_slug:course>/"): "-- .-    --        --    --   --      --       --",
    ("GET", "together/ahead/"):                  "-      -       -         -     -    -       -        -",  # of what?
    ("GET", "kept/none/"):                       ".      .       .         .     .    .       .        .",
    ("GET", "kept/list/"):                       "-      .       -         -     -    -       -        -",
    ("GET", "kept/courses/<page_slug:course>/"): "--     .-      --        --    --   --      --       --",
    ("GET", "kept/" + LESSON):                   "--     .-      --        --    --   --      --       --",
    ("GET", "kept/" + LESSON + "together/"):     "--     .-      --        --    --   --      --       --",
    ("GET", "kept/check/"):                      ".      .       .         .     .    .       .        .",
}  # fmt: skip
