"""A course as one file, from one Sala to another; a lesson as a sheet to print."""
