"""Rows of tests/test_access_matrix.py for what is open to all, or there for none. The signs are explained there."""

#                                                 nobody learner caretaker other core retired ministry root
OPEN_ROWS = {
    ("GET", "healthz"):                          ".      .       .         .     .    .       .        .",
    ("GET", "readyz"):                           ".      .       .         .     .    .       .        .",
    ("GET", "metrics"):                          "-      -       -         -     -    -       -        -",
    ("GET", "sw.js"):                            ".      .       .         .     .    .       .        .",
    ("GET", "manifest.webmanifest"):             ".      .       .         .     .    .       .        .",
    ("GET", "data/"):                            ".      .       .         .     .    .       .        .",
    ("GET", "data/centres.csv"):                 ".      .       .         .     .    .       .        .",
    ("GET", "data/centres.json"):                ".      .       .         .     .    .       .        .",
    ("GET", "data/monthly.csv"):                 ".      .       .         .     .    .       .        .",
    ("GET", "data/monthly.json"):                ".      .       .         .     .    .       .        .",
    ("GET", "data/definitions.csv"):             ".      .       .         .     .    .       .        .",
    ("GET", "data/definitions.json"):            ".      .       .         .     .    .       .        .",
    ("GET", "data/dictionary.csv"):              ".      .       .         .     .    .       .        .",
    ("GET", "data/dictionary.json"):             ".      .       .         .     .    .       .        .",
}  # fmt: skip
