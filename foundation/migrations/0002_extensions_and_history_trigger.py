from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# History rows are only ever added. Erasing a person may put a pseudonym in their place; nothing else may change.
FORWARD = """
CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (to_jsonb(NEW) - 'actor_id' - 'actor_name' - 'about_id') = (to_jsonb(OLD) - 'actor_id' - 'actor_name' - 'about_id')
       AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id) AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE ON foundation_historyentry
  FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
"""
BACKWARD = """
DROP TRIGGER history_is_append_only ON foundation_historyentry;
DROP FUNCTION history_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
