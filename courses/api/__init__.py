"""The API of what is taught and learned; lms/api.py lists its addresses."""
