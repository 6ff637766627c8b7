"""What is given to everybody: centres, monthly counts in which nobody can be found, and what they mean."""
