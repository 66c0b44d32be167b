"""Which product an address of the public side means, as everybody finds it: members get the same pages as visitors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from products.models import Edition, Product

VISITOR = AnonymousUser()
Answer = TypeVar("Answer", bound=HttpResponseBase)


def of_product(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """Hand the view the product at `slug`, announced or out, or out before; whoever comes by a former address is led to today's."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **kwargs: Any) -> Answer | HttpResponse:
        known = Product.objects.came_out().select_related(
            "current", "readership", "explains__current", "moved_to"
        )  # unscoped: said
        product = get_object_or_404(known.at(slug))
        if product.slug != slug:
            return _led_to(request, product)
        return view(request, product, **kwargs)

    return found


def out_edition(product: Product, number: int) -> Edition:
    """An edition that was published: its text may be withdrawn since. Raises Http404 for what is still on the road."""
    edition: Edition | None = _once_out(product).filter(number=number).first()
    if edition is None:
        raise Http404("no such edition")
    edition.product = product
    return edition


def out_editions(product: Product) -> list[Edition]:
    """All that came out, the newest first."""
    editions = list(_once_out(product).order_by("-number"))
    for edition in editions:
        edition.product = product
    return editions


def _once_out(product: Product) -> Any:
    return Edition.objects.filter(product=product, status__in=["published", "retired"])  # unscoped: its pages say what is withdrawn


def _led_to(request: HttpRequest, product: Product) -> HttpResponse:
    match = request.resolver_match
    assert match is not None  # noqa: S101  a view was found
    return HttpResponsePermanentRedirect(reverse(match.view_name, kwargs=match.kwargs | {"slug": product.slug}))
