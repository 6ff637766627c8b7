"""What somebody answered, in an event: JSON that nobody asks the database about."""

import msgspec
from django.db import models


class AnswerText(models.JSONField):
    """A JSON field that PostgreSQL keeps as text: of short answers, its jsonb takes four times as many bytes.

    There are millions of them, most of a letter or a number; the database cannot look into them.
    """

    def db_type(self, connection):
        return "text" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value, connection, prepared=False):
        if connection.vendor != "postgresql" or value is None or hasattr(value, "as_sql"):
            return super().get_db_prep_value(value, connection, prepared)
        return msgspec.json.encode(value).decode()
