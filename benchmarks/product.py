"""Put one published product of the size of a strategic one into the database, and say its address."""

from __future__ import annotations

import django

django.setup()

from django.utils import timezone  # noqa: E402  after Django is set up

from foundation import richtext  # noqa: E402
from products.models import Edition, EditionPart, Product  # noqa: E402

WORDS = "whoever stays longest was asked first what they would like to do and then thanked for it by name " * 4
PARTS = 8


def main() -> None:
    product = Product.objects.create(kind=Product.Kind.STRATEGIC, slug="what-lasts")
    edition = Edition.objects.create(
        product=product,
        number=1,
        label="1.0",
        title="What lasts",
        summary=WORDS[:300],
        status="published",
        published_at=timezone.now(),
    )
    body = "".join(f"<h2>Question {n}</h2>" + f"<p>{WORDS.capitalize()}[^{n}]</p>" * 2 for n in range(1, 5))
    body += "".join(f"<p>[^{n}]: {WORDS[:120]}</p>" for n in range(1, 5))
    for place in range(1, PARTS + 1):
        EditionPart.objects.create(
            edition=edition, position=place, slug=f"part-{place}", title=f"Part {place}", body=richtext.clean(body)
        )
    Product.objects.filter(pk=product.pk).update(current=edition, newest=edition)
    print(product.get_absolute_url())


main()
