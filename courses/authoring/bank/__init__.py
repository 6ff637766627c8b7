"""Questions that a centre keeps, to put into any of its lessons."""
