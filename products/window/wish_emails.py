"""What is mailed to whoever wants to hear of a launch: the question whether they do, and once that it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from products.models import LaunchWish, Product
from products.window import wishes

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _asked(mail: OutgoingMail) -> LaunchWish | None:
    found: LaunchWish | None = LaunchWish.objects.filter(pk=mail.about.get("wish")).select_related("product__current").first()
    return found


def _asked_is_open(mail: OutgoingMail) -> bool:
    """While the address is kept, and the product is still to come."""
    wish = _asked(mail)
    return wish is not None and wish.product.announced_at is not None and wish.product.current_id is None


def _asked_context(mail: OutgoingMail) -> dict[str, Any]:
    wish = _asked(mail)
    assert wish is not None  # noqa: S101  asked just before
    return {"title": wish.product.known_as, "url": wishes.link_of(wish), "is_confirmed": wish.confirmed_at is not None}


def _launched(mail: OutgoingMail) -> Product | None:
    """The product, while everybody can read it, and its reader still waits to hear."""
    reader = {"person": mail.person} if mail.person else {"address": mail.address}
    wish = LaunchWish.objects.filter(product=mail.about.get("product"), **reader).select_related("product__current").first()
    if wish is None or wish.product.current_id is None or (mail.person is not None and not mail.person.is_member):
        return None
    product: Product = wish.product
    return product


def _told_context(mail: OutgoingMail) -> dict[str, Any]:
    product = _launched(mail)
    assert product is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + product.get_absolute_url()
    return {"title": product.current.title, "summary": product.current.summary, "url": url}


def _sample() -> dict[str, Any]:
    url = f"{settings.SITE_URL}/products/what-we-owe-our-volunteers/"
    return {"title": _("What we owe our volunteers"), "summary": _("Six clubs say what they promise."), "url": url}


kinds.add(
    "launch_wish_asked",
    Kind(
        name="launch_wish_asked",
        label=gettext_lazy("Do you want to hear when it is there?"),
        context=_asked_context,
        still_wanted=_asked_is_open,
        sample=lambda: _sample() | {"is_confirmed": False},
        optional=False,
        placeholders=("title", "url"),
        required=("url",),
    ),
)
kinds.add(
    "launch_told",
    Kind(
        name="launch_told",
        label=gettext_lazy("It is there"),
        description=gettext_lazy("Once, when something is published of which you wanted to hear."),
        context=_told_context,
        still_wanted=lambda mail: _launched(mail) is not None,
        sample=_sample,
        optional=False,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "summary", "url"),
        required=("url",),
    ),
)
