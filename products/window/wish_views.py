"""How somebody says that they want to hear when an announced product is there. The forms hold a token, so their pages are not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from correspondence.addresses import team_address
from foundation.access import public, public_page
from foundation.open_form import OpenForm
from foundation.tokens import TokenUnknown, token_page
from products.models import LaunchWish, Product
from products.window import wishes

if TYPE_CHECKING:
    from ambassadors.models import User

A_MINUTE, AN_HOUR = "3/m/ip", "12/h/ip"  # questions from one internet address


class WishForm(OpenForm):
    """One address."""

    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("It gets one mail when it is there, and is forgotten then. Nobody else learns it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@public
@require_GET
def launch_wish_add(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for visitors, one button for members. Of what is out there is nothing to wait for."""
    product = get_object_or_404(Product.objects.visible_to(request.user).filter(announced_at__isnull=False), slug=slug)
    if product.current_id is not None:
        return redirect("products:product-detail", slug)
    return _page(request, product, WishForm())


@public
@require_POST
def launch_wish_send(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address. The answer is the same whether it is known here or not."""
    product, form = _announced(request, slug), WishForm(request.POST)
    if not form.is_valid():
        return _page(request, product, form)
    for rate in (A_MINUTE, AN_HOUR):
        if not ratelimit.consume(request, app="products", action="launch_wish", config={"launch_wish": rate}):
            return _too_many(request, product, form)
    try:
        wishes.ask(product, form.cleaned_data["address"])
    except wishes.TooManyWishes:
        return _too_many(request, product, form)
    return redirect("products:launch-wish-waits")


@require_POST
def launch_wish_keep(request: HttpRequest, slug: str) -> HttpResponse:
    """A member wants to hear."""
    product = _announced(request, slug)
    wishes.keep(product, by=cast("User", request.user))
    messages.success(request, _("You get one mail on the day it is there."))
    return redirect("products:launch-wish-add", slug)


@require_POST
def launch_wish_drop(request: HttpRequest, slug: str) -> HttpResponse:
    """A member does not want to hear after all."""
    wish = get_object_or_404(LaunchWish.objects.visible_to(request.user), product__slug=slug, told_at=None)
    wishes.forget(wish, by=cast("User", request.user))
    messages.success(request, _("Forgotten: you get no mail about it."))
    return redirect("products:launch-wish-add", slug)


@public_page
@require_GET
def launch_wish_waits(request: HttpRequest) -> HttpResponse:
    """That there is a mail to look for."""
    return render(request, "products/window/launch_wish_waits.html")


@public
@token_page
@require_GET
def launch_wish_show(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of this address, with the buttons that confirm and delete it. Looking does nothing."""
    return render(request, "products/window/launch_wish_show.html", {"wish": _of(token), "token": token})


@public
@token_page
@require_POST
def launch_wish_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The owner of the mailbox wants it."""
    wishes.confirm(_of(token))
    return redirect("products:launch-wish-show", token)


@public
@token_page
@require_POST
def launch_wish_delete(request: HttpRequest, token: str) -> HttpResponse:
    """Forget this address."""
    wishes.forget(_of(token))
    return redirect("products:launch-wish-gone")


@public_page
@require_GET
def launch_wish_gone(request: HttpRequest) -> HttpResponse:
    """That nothing is kept any more."""
    return render(request, "products/window/launch_wish_gone.html")


def _announced(request: HttpRequest, slug: str) -> Product:
    return get_object_or_404(Product.objects.visible_to(request.user).announced(), slug=slug)


def _of(token: str) -> LaunchWish:
    wish = wishes.wish_of(token)
    if wish is None:
        raise TokenUnknown
    return wish


def _too_many(request: HttpRequest, product: Product, form: WishForm) -> HttpResponse:
    said = _("Many addresses were given just now. Please try again in an hour, or write to %s.") % team_address()
    form.add_error(None, said)
    page = _page(request, product, form, status=429)
    page.headers["Retry-After"] = "3600"
    return page


def _page(request: HttpRequest, product: Product, form: WishForm, *, status: int = 200) -> HttpResponse:
    waits = LaunchWish.objects.visible_to(request.user).filter(product=product, told_at=None).exists()
    context = {"product": product, "title": product.known_as, "form": form, "waits": waits}
    page = render(request, "products/window/launch_wish_add.html", context, status=status)
    page.headers["Cache-Control"] = "private, no-store"
    return page
