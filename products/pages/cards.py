"""Who stands under a product, as they agreed to be named; it is read live, so whoever takes it back is gone from the next page on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ambassadors.models import Ambassador
from foundation.models import Upload
from products.models import Credit, Product

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


@dataclass(frozen=True)
class AuthorCard:
    """One person under a product: what they agreed to, and their profile where the reader finds it."""

    name: str
    title: str
    tagline: str
    photo_url: str
    url: str
    role: str


def cards_of(product: Product, reader: User | AnonymousUser) -> list[AuthorCard]:
    """All who agreed to be named, in their order. Somebody who left has no profile to lead to, and keeps their card."""
    shown = list(Credit.objects.visible_to(reader).named().filter(product=product).select_related("photo"))
    profiles = profiles_of([credit.person_id for credit in shown], reader)
    photos = _photos([credit.photo_id for credit in shown], reader)
    return [_card(credit, profiles.get(credit.person_id, ""), photos) for credit in shown]


def named(cards: Sequence[AuthorCard], role: str) -> list[AuthorCard]:
    """Those who stand under it as that."""
    return [card for card in cards if card.role == role]


def profiles_of(people: Iterable[int | None], reader: User | AnonymousUser) -> dict[int | None, str]:
    """The addresses of the profiles that `reader` finds, by the keys of the accounts; nobody's who has left."""
    wanted = [pk for pk in people if pk is not None]
    if not wanted:
        return {}
    found = Ambassador.objects.visible_to(reader).belonging().filter(user__in=wanted)
    return {ambassador.user_id: ambassador.get_absolute_url() for ambassador in found}


def authors_of(products: Iterable[int], reader: User | AnonymousUser) -> dict[int, list[str]]:
    """The names under each of some products: one query for a list."""
    names: dict[int, list[str]] = {}
    shown = Credit.objects.visible_to(reader).named().authors().filter(product__in=list(products))
    for pk, name in shown.order_by("product", "position", "pk").values_list("product", "name"):
        names.setdefault(pk, []).append(name)
    return names


def _photos(photos: Iterable[Any], reader: User | AnonymousUser) -> dict[Any, str]:
    wanted = [pk for pk in photos if pk is not None]
    found = Upload.objects.visible_to(reader).filter(pk__in=wanted) if wanted else []
    return {photo.pk: photo.get_absolute_url() for photo in found}


def _card(credit: Credit, url: str, photos: dict[Any, str]) -> AuthorCard:
    photo = photos.get(credit.photo_id, "")
    return AuthorCard(credit.name, credit.title, credit.tagline, photo, url, credit.role)
