"""The studio as an author finds it: their lessons and how each stands, a lesson as learners will see it, and help."""
