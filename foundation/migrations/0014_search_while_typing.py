from django.db import migrations, models

# Whole words, with and without their accents: what the beginning of a word is compared with while somebody types it.
FORWARD = """
CREATE TEXT SEARCH CONFIGURATION concentric_words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION concentric_words ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""
BACKWARD = "DROP TEXT SEARCH CONFIGURATION concentric_words;"


class Migration(migrations.Migration):
    dependencies = [("foundation", "0013_community_asks_a_month"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddField(model_name="searchentry", name="is_stale", field=models.BooleanField(default=False)),
        migrations.AlterField(
            model_name="searchentry",
            name="names",
            field=models.TextField(blank=True, help_text="without accents and capitals, for near misses"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(condition=models.Q(("is_stale", True)), fields=["id"], name="search_stale"),
        ),
    ]
