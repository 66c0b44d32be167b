"""Canaries in community reviews: what members say is the members', and who wants to hear of a launch is nobody's."""

from __future__ import annotations

from products.models import LaunchWish, Opinion
from products.window import workflow
from tests import make
from tests.leaks import MEMBERS, Garden
from tests.products import making


def plant(garden: Garden) -> None:
    edition = making.presented(make.ambassador("Win Writer"), title="What we owe our volunteers")
    garden.pages += [f"/desk/products/{edition.product.slug}/community-review/"]
    speaker, words = make.ambassador("Opal Opinion"), garden.canary("products.Opinion.words", *MEMBERS)
    said = workflow.speak(edition, kind="objects", words=words, by=speaker)
    answer = garden.canary("products.Opinion.answer", *MEMBERS)
    workflow.answer(said, answer, by=making.editor(), revision=1)
    workflow.reopen(said, "Not yet.", by=speaker)
    reason = garden.canary("products.Opinion.override_reason", *MEMBERS)
    workflow.override(Opinion.objects.get(pk=said.pk), reason, by=making.editor(), revision=2)
    address = f"{garden.canary('products.LaunchWish.address')}@tidemark.example"
    LaunchWish.objects.create(product=edition.product, address=address, nonce=garden.canary("products.LaunchWish.nonce"))
