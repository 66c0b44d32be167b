"""What machines are told of an edition: schema.org, in what every reader of the page sees anyway."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString

from foundation import jsonld
from products.models import Edition, Product
from products.pages.citing import address_of

TYPES = {
    Product.Kind.ARTICLE: "Article",
    Product.Kind.INSIGHT: "Article",
    Product.Kind.WHITE_PAPER: "Report",
    Product.Kind.KICKSTARTER: "Guide",
    Product.Kind.RESOURCE: "LearningResource",
}


def described(edition: Edition, authors: Sequence[str]) -> SafeString:
    """Return the element for the page's head."""
    product = edition.product
    address = settings.SITE_URL + product.get_absolute_url()
    community = {"@id": f"{settings.SITE_URL}/#community"}
    return jsonld.as_script(
        {
            "@type": TYPES.get(Product.Kind(product.kind), "CreativeWork"),
            "headline": edition.title,
            "alternativeHeadline": edition.subtitle,
            "abstract": edition.summary,
            "url": address_of(edition),
            "mainEntityOfPage": address,
            "datePublished": edition.published_at.isoformat() if edition.published_at else "",
            "version": edition.label,
            "license": edition.get_licence_display(),
            "audience": {"@type": "Audience", "audienceType": product.readership.name} if product.readership else None,
            "about": [pillar.name for pillar in product.pillars.all()],
            "author": [{"@type": "Person", "name": name} for name in authors] or [community],
            "publisher": community,
        }
    )
