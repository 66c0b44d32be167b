from django.db import migrations, models

# What is there has no lead yet: a worker writes it anew, soon.
STALE = "UPDATE foundation_searchentry SET is_stale = true WHERE kind = 'person'"


class Migration(migrations.Migration):
    dependencies = [("foundation", "0014_search_while_typing")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="lead",
            field=models.TextField(blank=True, help_text="one line that says who or what it is"),
        ),
        migrations.RunSQL(STALE, migrations.RunSQL.noop),
    ]
