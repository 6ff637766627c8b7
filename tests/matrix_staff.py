"""Rows of tests/test_access_matrix.py for the second factor of staff, whose signs are explained there.

Who must have a second factor (core, ministry, root) has shown it; the others have none.
"""

#                                                 nobody learner caretaker other core retired ministry root
STAFF_ROWS = {
    ("GET", "second-factor/"):                   ">      >       >         >     >    >       >        >",
    ("POST", "second-factor/"):                  ">      >       >         >     >    >       >        >",
    ("GET", "second-factor/set-up/"):            ">      -       .         .     >    .       >        >",
    ("POST", "second-factor/set-up/"):           ">      -       x         x     >    x       >        >",
    ("GET", "second-factor/manage/"):            ">      >       >         >     .    >       .        .",
    ("POST", "second-factor/manage/"):           ">      >       >         >     x    >       x        x",
}  # fmt: skip
