"""What each kind of product needs. Pages, forms and the checks before a submission read it here."""

from __future__ import annotations

from dataclasses import dataclass

from products.models import Product

Kind = Product.Kind


@dataclass(frozen=True)
class Needs:
    """What an edition of a kind is made of. `part_a_pillar`: it has a part for each pillar; `one_part`: a single text."""

    text: bool = True
    one_part: bool = True
    part_a_pillar: bool = False
    explains: bool = False  # a product and an audience
    file: bool = False
    link: bool = False  # a link or a file, a licence, and what it is
    authors: bool = True  # somebody who agreed to be named under it


NEEDS: dict[str, Needs] = {
    Kind.STRATEGIC: Needs(one_part=False, part_a_pillar=True, authors=False),
    Kind.KICKSTARTER: Needs(explains=True),
    Kind.INSIGHT: Needs(authors=False),
    Kind.ARTICLE: Needs(),
    Kind.WHITE_PAPER: Needs(one_part=False, file=True),
    Kind.RESOURCE: Needs(text=False, link=True, authors=False),
    Kind.ASSESSMENT: Needs(one_part=False, authors=False),
}
