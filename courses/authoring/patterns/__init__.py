"""A new lesson begins with a few plain questions: a pattern knows what to ask and what the answers become."""
