"""Rows of tests/test_access_matrix.py for the second factor of staff, and for records opened with a reason.

The signs are explained there. Who must have a second factor (core, ministry, root) has shown it; the others have none.
No record is open here; an open one is tried in tests/network/test_opened_records.py.
"""

#                                                 nobody learner caretaker other core retired ministry root
STAFF_ROWS = {
    ("GET", "second-factor/"):                   ">      >       >         >     >    >       >        >",
    ("POST", "second-factor/"):                  ">      >       >         >     >    >       >        >",
    ("GET", "second-factor/set-up/"):            ">      -       .         .     >    .       >        >",
    ("POST", "second-factor/set-up/"):           ">      -       x         x     >    x       >        >",
    ("GET", "second-factor/manage/"):            ">      >       >         >     .    >       .        .",
    ("POST", "second-factor/manage/"):           ">      >       >         >     x    >       x        x",
    ("GET", "ministry/people/"):                 ">      -       -         -     -    -       .        .",
    ("POST", "ministry/people/"):                ">      -       -         -     -    -       ?        ?",
    ("GET", "ministry/people/<uuid:learner>/"):  ">>     --      --        --    --   --      --       --",
    ("POST", "ministry/people/<uuid:learner>/"): ">>     --      --        --    --   --      --       --",
    ("GET", "ministry/second-factors/"):         ">      -       -         -     -    -       .        .",
    ("POST", "ministry/second-factors/"):        ">      -       -         -     -    -       ?        ?",
    ("GET", "ministry/region/<slug:region>/"):   ">>     --      --        --    .-   --      ..       ..",
    ("GET", "ministry/province/<slug:province>/"): ">>   --      --        --    .-   --      ..       ..",
    ("GET", "ministry/district/<slug:district>/"): ">>   --      --        --    .-   --      ..       ..",
    ("GET", "ministry/centre/<slug:centre>/"):   ">>     --      --        --    .-   --      ..       ..",
    ("GET", "definitions/"):                     ".      .       .         .     .    .       .        .",
}  # fmt: skip


def places_of(centre):
    """What the ministry's addresses call where a centre is."""
    region = {"32": "NE", "55": "N"}[centre.province_code]
    district = centre.subdistrict_id[:4]
    return {
        "<slug:region>": region,
        "<slug:province>": centre.province_code,
        "<slug:district>": district,
        "<slug:centre>": centre.code,
    }
