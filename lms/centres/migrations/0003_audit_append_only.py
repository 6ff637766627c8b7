"""PostgreSQL itself refuses to change or remove what stands in the audit log; on SQLite the model does."""

from django.db import migrations

FORBID = """
CREATE FUNCTION centres_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER centres_audit_append_only BEFORE UPDATE OR DELETE ON centres_auditentry
FOR EACH ROW EXECUTE FUNCTION centres_audit_append_only();
"""
ALLOW = """
DROP TRIGGER centres_audit_append_only ON centres_auditentry;
DROP FUNCTION centres_audit_append_only();
"""


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORBID)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


class Migration(migrations.Migration):
    dependencies = [("centres", "0002_desk")]
    operations = [migrations.RunPython(forbid, allow)]
