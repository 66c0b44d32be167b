"""Who wants to hear when an announced product is there: asked > confirmed > told, once, and then forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from correspondence import outbox
from correspondence.models import OutgoingMail
from foundation.models import Via
from foundation.secrecy import address_token, fits, row_of
from foundation.workflow import record
from products.models import LaunchWish, Product

if TYPE_CHECKING:
    from ambassadors.models import User

PURPOSE = "launch wish"
UNCONFIRMED_KEPT = TOLD_KEPT = timedelta(days=7)
ASKED_A_DAY = 200  # mails that we send to addresses which strangers typed
AT_ONCE = 1000
KINDS = ("launch_wish_asked", "launch_told")


class TooManyWishes(Exception):
    """No further mail goes to addresses that strangers typed today."""


@transaction.atomic
def ask(product: Product, address: str) -> None:
    """Send the owner of an address a mail with the button that confirms it. One a day for each product; its link works for seven days.

    Nobody learns whether the address is known. Raises TooManyWishes when very many were asked for.
    """
    address, now = address.strip().lower(), timezone.now()
    if LaunchWish.objects.filter(asked_at__gte=now - timedelta(days=1), person=None).count() >= ASKED_A_DAY:
        raise TooManyWishes
    wish, is_new = LaunchWish.objects.get_or_create(product=product, address=address)
    if is_new:
        record("asked for", wish, by=None)
    LaunchWish.objects.filter(pk=wish.pk, confirmed_at=None).update(asked_at=now)
    outbox.post("launch_wish_asked", None, key=f"launch-wish:{wish.pk}:{now.date()}", address=address, wish=wish.pk)


@transaction.atomic
def confirm(wish: LaunchWish) -> None:
    """The owner of the mailbox pressed the button. Pressing it twice is the same as once."""
    if LaunchWish.objects.filter(pk=wish.pk, confirmed_at=None).update(confirmed_at=timezone.now()):
        record("confirmed", wish, by=None)


@transaction.atomic
def keep(product: Product, *, by: User) -> None:
    """A member wants to hear: their account has a confirmed address. Pressed twice, it is kept once."""
    _wish, is_new = LaunchWish.objects.get_or_create(product=product, person=by, defaults={"confirmed_at": timezone.now()})
    if is_new:
        record("asked for", _wish, by=by)


@transaction.atomic
def forget(wish: LaunchWish, *, by: User | None = None, via: Via = Via.WEB) -> None:
    """Delete all that is kept of it: the wish, and what was mailed to an address because of it."""
    record("left", wish, by=by, via=via)
    if wish.address:
        about = Q(about__wish=wish.pk) | Q(about__product=wish.product_id)
        OutgoingMail.objects.filter(about, person=None, address=wish.address, kind__in=KINDS).delete()
    wish.delete()


def tell(product_pk: int) -> int:
    """Post the word that it is there to everybody who waits for it; return how many mails are new. May run twice."""
    posted = 0
    while batch := _batch(product_pk):
        posted += _tell(product_pk, batch)
    return posted


def tell_due() -> int:
    """Tell of the launches that no worker was told of; return how many mails."""
    waiting = LaunchWish.objects.to_tell().filter(product__current__isnull=False)
    return sum(tell(pk) for pk in waiting.order_by("product").values_list("product", flat=True).distinct())


def _batch(product_pk: int) -> list[tuple[int, int | None, str]]:
    rows = LaunchWish.objects.to_tell().filter(product=product_pk, product__current__isnull=False)
    return list(rows.order_by("pk").values_list("pk", "person", "address")[:AT_ONCE])


@transaction.atomic
def _tell(product_pk: int, batch: list[tuple[int, int | None, str]]) -> int:
    # Two workers may be here at once: the keys of the mails let one of them post each.
    people = [person for _pk, person, _address in batch if person is not None]
    addresses = {f"launch-wish:{pk}:told": address for pk, _person, address in batch if address}
    posted = outbox.post_many("launch_told", people, key=f"launch:{product_pk}", product=product_pk)
    posted += outbox.post_to_addresses("launch_told", addresses, product=product_pk)
    LaunchWish.objects.filter(pk__in=[pk for pk, *_rest in batch]).update(told_at=timezone.now())
    return posted


def purge() -> int:
    """Forget the addresses that nobody confirmed for a week, and whoever was told a week ago; return how many."""
    now = timezone.now()
    old = Q(confirmed_at=None, asked_at__lt=now - UNCONFIRMED_KEPT) | Q(told_at__lt=now - TOLD_KEPT)
    return sum(_forget_old(pk, old) for pk in LaunchWish.objects.filter(old).values_list("pk", flat=True)[:1000])


@transaction.atomic
def _forget_old(pk: int, old: Q) -> bool:
    # Its owner may press the button at this moment: whoever comes second finds the row confirmed, or gone.
    found = LaunchWish.objects.filter(old, pk=pk).select_for_update().first()
    if found is not None:
        forget(found, via=Via.CLOCK)
    return found is not None


def link_of(wish: LaunchWish) -> str:
    """The address of the page that shows, confirms and deletes it; derived again whenever it is mailed."""
    token = address_token(PURPOSE, wish.pk, wish.nonce)
    return settings.SITE_URL + reverse("products:launch-wish-show", args=[token])


def wish_of(token: str) -> LaunchWish | None:
    """Return the wish that this link is of, or None."""
    pk = row_of(token)
    found = LaunchWish.objects.select_related("product__current").filter(pk=pk, person=None).first() if pk else None
    return found if found and fits(token, PURPOSE, found.pk, found.nonce) else None
