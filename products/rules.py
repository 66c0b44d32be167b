"""Who may do what with a product. One place: buttons, pages, mail and workflows ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import Space, SpaceRole
from products.models import Credit, Edition, EditorDuty, Product

if TYPE_CHECKING:
    from ambassadors.models import User

Role = SpaceRole.Role
WRITES = frozenset({Role.LEADER, Role.PARTICIPANT})
COMMENTS = frozenset({Role.LEADER, Role.PARTICIPANT, Role.ADVISOR})


def is_editor(user: User | None) -> bool:
    """Whether `user` runs the road of products."""
    return user is not None and user.is_member and EditorDuty.objects.filter(person=user).exists()


def is_author(user: User | None, product: Product) -> bool:
    """Whether `user` writes the product, named or not."""
    return user is not None and user.is_member and Credit.objects.authors().filter(product=product, person=user).exists()


def roles_of(user: User, product: Product) -> set[str]:
    """What `user` is in the space that writes the product; nothing once the space has ended."""
    if product.space_id is None or not user.is_member or product.space is None or product.space.status != Space.Status.ACTIVE:
        return set()
    return set(SpaceRole.objects.filter(space=product.space_id, person=user).values_list("role", flat=True))


def may_begin(user: User, space: Space | None = None) -> bool:
    """Every member begins a product of their own; in a space those who write in it do."""
    if space is None:
        return user.is_member
    return bool(WRITES & roles_of(user, Product(space=space)))


def writes(user: User | None, product: Product) -> bool:
    """Whether it is `user`'s to write: its authors', its space's leaders' and participants', and the editors'."""
    if user is None or not user.is_member:
        return False
    return is_author(user, product) or bool(WRITES & roles_of(user, product)) or _edits(user, product)


def may_write(user: User | None, edition: Edition) -> bool:
    """Whether `user` may change its words now."""
    return edition.can_be_written and writes(user, edition.product)


def may_replace_file(user: User | None, edition: Edition) -> bool:
    """Whoever writes it, while it is written; of one that is out, whoever decides about it."""
    if edition.status == Edition.Status.PUBLISHED:
        return may_decide(user, edition)
    return may_write(user, edition)


def may_comment(user: User | None, edition: Edition) -> bool:
    """Whether `user` may comment on it now."""
    return edition.can_be_written and comments(user, edition.product)


def comments(user: User | None, product: Product) -> bool:
    """Advisors of its space comment on a draft beside those who write it; promoters read it."""
    return user is not None and (writes(user, product) or bool(COMMENTS & roles_of(user, product)))


def may_submit(user: User | None, edition: Edition) -> bool:
    """Its authors hand it in, and the leaders of its space; an editor may for them."""
    if user is None:
        return False
    product = edition.product
    return is_author(user, product) or Role.LEADER in roles_of(user, product) or _edits(user, product)


def may_decide(user: User | None, edition: Edition) -> bool:
    """Editors decide what they read as editors, and never on what they write themselves, named or as one of the space that writes it."""
    if user is None or is_author(user, edition.product) or WRITES & roles_of(user, edition.product):
        return False
    return _edits(user, edition.product)


def may_withdraw(user: User | None, edition: Edition) -> bool:
    """Likewise, of what everybody can still read."""
    return not edition.is_withdrawn and may_decide(user, edition)


def _edits(user: User, product: Product) -> bool:
    return user.is_member and Edition.objects.edited_by(user).filter(product=product).exists()
