"""The nation's size: PostgreSQL with invented millions (make bench-national). It takes half an hour and some GB."""
