from django.db import migrations

# English stems; a word with its accents and the same word without are one. Runs on PostgreSQL 15 and later.
FORWARD = """
CREATE TEXT SEARCH CONFIGURATION concentric (COPY = english);
ALTER TEXT SEARCH CONFIGURATION concentric ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
BACKWARD = "DROP TEXT SEARCH CONFIGURATION concentric;"


class Migration(migrations.Migration):
    dependencies = [("foundation", "0006_community_about_community_mark_and_more")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
