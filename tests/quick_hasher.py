"""Passwords of the tests: Argon2 as on the site, at the least cost it knows. The site's takes a quarter of a second."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 1, 8, 1
