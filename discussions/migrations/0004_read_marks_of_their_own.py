from django.db import migrations

COPY = """
INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
SELECT thread_id, person_id, read_number, coalesce(read_at, now()) FROM discussions_participant WHERE read_number > 0;
UPDATE discussions_post SET told_at = posted_at WHERE told_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("discussions", "0003_spaces_follows_read_marks_and_revisions")]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="participant", name="read_at"),
        migrations.RemoveField(model_name="participant", name="read_number"),
    ]
