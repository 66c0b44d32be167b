from django.db import migrations

# History rows are only ever added. Erasing a person puts a pseudonym where the name was, and takes out notes about the person:
# those exact words, and nothing else, may take the place of what was written.
FORWARD = """
CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (to_jsonb(NEW) - 'actor_id' - 'actor_name' - 'about_id' - 'target_name' - 'note')
         = (to_jsonb(OLD) - 'actor_id' - 'actor_name' - 'about_id' - 'target_name' - 'note')
       AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id) AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id)
       AND (NEW.actor_name = OLD.actor_name OR NEW.actor_name = 'a former member')
       AND (NEW.target_name = OLD.target_name OR NEW.target_name = 'a former member')
       AND (NEW.note = OLD.note OR NEW.note = 'taken out when the person was erased') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation';
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (to_jsonb(NEW) - 'actor_id' - 'actor_name' - 'about_id') = (to_jsonb(OLD) - 'actor_id' - 'actor_name' - 'about_id')
       AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id) AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0011_setaside")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
