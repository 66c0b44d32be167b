from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("products", "0008_product_announced_as")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="is_nameless",
            field=models.BooleanField(
                default=False, help_text="its authors looked for names: reviewers need not learn who wrote it"
            ),
        ),
    ]
