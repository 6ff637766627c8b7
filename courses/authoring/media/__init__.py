"""Photos, voices and films put into a lesson from a phone, and whose knowledge it is."""
