"""The matrix's rows of what authors make that stands outside the studio; the studio's own are in test_studio_matrix."""

LESSON = "courses/<page_slug:course>/<page_slug:lesson>/"
#                                                 nobody learner caretaker other core retired ministry root
AUTHORING_ROWS = {
    ("GET", LESSON + "print.pdf"):               "--     .-      .-        -.    .-   --      ..       ..",
}  # fmt: skip
