"""Rows of tests/test_access_matrix.py for what people send of their own: their data, and who they are.

The signs are explained there. The forms are empty: `?` and a page that asks again is whoever may send one.
"""

#                                                 nobody learner caretaker other core retired ministry root
OWN_ROWS = {
    ("POST", "my-data/correct/"):                ">      ?       -         -     -    -       -        -",
    ("POST", "my-data/requests/"):               ">      ?       -         -     -    -       -        -",
    ("POST", "my-data/erase/"):                  ">      ?       -         -     -    -       -        -",
    ("POST", "sign-in/"):                        "?      >       >         >     >    >       >        >",
}  # fmt: skip
