"""Canaries in resources: how somebody uses one is told to members, or to everybody where they agreed; of links editors know."""

from __future__ import annotations

from products.models import LinkCheck
from products.resources import using
from tests import make
from tests.leaks import EVERYBODY, MEMBERS, Garden
from tests.products import resourcing


def plant(garden: Garden) -> None:
    edition = resourcing.let_in(make.ambassador("Ria Reads"))
    agreed = garden.canary("products.ResourceUse.agreed_to")
    readers = {False: MEMBERS, True: EVERYBODY}
    for name, is_public in (("Una Uses", False), ("Pia Public", True)):
        words = garden.canary("products.ResourceUse.words", *readers[is_public])
        using.say_how(edition.product, by=make.ambassador(name), words=words, is_public=is_public, agreed_to=agreed)
    said = {name: garden.canary(f"products.LinkCheck.{name}") for name in ("url", "said")}
    LinkCheck.objects.create(edition=edition, **said)
    garden.pages.append(edition.product.get_absolute_url())
