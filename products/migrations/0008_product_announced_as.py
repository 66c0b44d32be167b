from django.db import migrations, models
from django.db.models import Q


def what_was_announced_keeps_its_title(apps, schema_editor):
    Product = apps.get_model("products", "Product")
    for product in Product.objects.filter(announced_at__isnull=False).select_related("newest"):
        Product.objects.filter(pk=product.pk).update(announced_as=product.newest.title if product.newest else product.slug)


class Migration(migrations.Migration):
    dependencies = [("products", "0007_authorinvitation")]

    operations = [
        migrations.AddField("product", "announced_as", models.CharField(blank=True, default="", max_length=300, verbose_name="announced as"), preserve_default=False),
        migrations.RunPython(what_was_announced_keeps_its_title, migrations.RunPython.noop),
        migrations.AddConstraint(
            "product",
            models.CheckConstraint(condition=Q(announced_at=None) | ~Q(announced_as=""), name="product_announced_as_something"),
        ),
    ]
