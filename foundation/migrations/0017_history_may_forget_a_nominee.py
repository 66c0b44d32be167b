from django.db import migrations

# A case that is forgotten takes the nominee's name and the notes out of its lines of history. As with erased people, those exact
# words, and nothing else, may take the place of what was written.
HISTORY = """
CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (to_jsonb(NEW) - 'actor_id' - 'actor_name' - 'about_id' - 'target_name' - 'note')
         = (to_jsonb(OLD) - 'actor_id' - 'actor_name' - 'about_id' - 'target_name' - 'note')
       AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id) AND (NEW.about_id IS NULL OR NEW.about_id = OLD.about_id)
       AND (NEW.actor_name = OLD.actor_name OR NEW.actor_name = 'a former member')
       AND (NEW.target_name = OLD.target_name OR NEW.target_name IN ({names}))
       AND (NEW.note = OLD.note OR NEW.note IN ({notes})) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation';
END $$;
"""
PERSON = {"names": "'a former member'", "notes": "'taken out when the person was erased'"}
NOMINEE = {
    "names": f"{PERSON['names']}, 'a former nominee'",
    "notes": f"{PERSON['notes']}, 'taken out when the case was forgotten'",
}


class Migration(migrations.Migration):
    dependencies = [("foundation", "0016_community_asks_about_profiles")]

    operations = [migrations.RunSQL(HISTORY.format(**NOMINEE), HISTORY.format(**PERSON))]
