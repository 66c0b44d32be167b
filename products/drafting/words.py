"""What is said of each kind of product to somebody who is about to begin one, and which texts it has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from products.kinds import NEEDS
from products.models import Edition, Product

Kind = Product.Kind

WHAT_IT_IS = {
    Kind.ARTICLE: _("One text with footnotes, under the names of those who wrote it. It needs a summary and an author who agrees to be named."),
    Kind.KICKSTARTER: _(
        "Puts one of our products into the hands of one audience: why it matters to them, and how to begin. It needs the product, "
        "the audience, and a reviewer from it."
    ),
    Kind.WHITE_PAPER: _(
        "A paper to download, with a summary and what its readers will be able to do. It needs a file and an author who agrees to be named."
    ),
    Kind.RESOURCE: _("Something useful by somebody else: a link or a file, a few words on why, and a licence."),
    Kind.STRATEGIC: _("What the community stands for, in a definition and a part for each pillar. Many write it, all of us review it."),
    Kind.ASSESSMENT: _("Questions that an organisation asks itself. It needs a text that says what they are for."),
}  # fmt: skip
OBJECTIVES = {Kind.WHITE_PAPER, Kind.ASSESSMENT}
TEXT = _("Text")


def texts_of(edition: Edition) -> list[str]:
    """The names of the texts that whoever writes this edition is asked for, beside its parts."""
    kind, needs = edition.product.kind, NEEDS[edition.product.kind]
    names = ["title", "subtitle", "summary"]
    names += ["objectives"] if kind in OBJECTIVES else []
    names += ["link", "medium", "licence"] if needs.link else []
    return names + (["changes"] if edition.number > 1 else [])


def has_one_text(edition: Edition) -> bool:
    """Whether all it says is one text, which is written on the same page as its title."""
    needs = NEEDS[edition.product.kind]
    return needs.text and needs.one_part
