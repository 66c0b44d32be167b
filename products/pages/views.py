"""The public side of products: what is out, as everybody reads it. Visitors get these pages from the page cache."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_GET, require_safe

from foundation.access import public_page
from foundation.models import Community
from foundation.panels import panels_for
from products.models import Edition, Product
from products.pages import lists, reading
from products.pages.cards import authors_of
from products.pages.citing import csl
from products.pages.comparing import compared
from products.pages.feeds import ProductsFeed
from products.pages.finding import VISITOR, of_product, out_edition, out_editions


@public_page(queries=("kind", "pillar", "audience", "before"))
@require_GET
def product_list(request: HttpRequest) -> HttpResponse:
    """What the community has published, and what it has announced."""
    asked = lists.Asked.by(request.GET)
    page = lists.page_of(asked, request.GET.get("before", ""), request.user)
    coming = list(Product.objects.visible_to(VISITOR).announced().order_by("expected_on", "pk")[:20])
    context = {
        "asked": asked,
        "page": page,
        "narrowing": lists.narrowing(asked),
        "newest_url": asked.address(),
        "coming": [] if asked or not page.is_first else coming,
    }
    return render(request, "products/pages/product_list.html", context)


@public_page
@require_GET
@of_product
def product_detail(request: HttpRequest, product: Product) -> HttpResponse:
    """What a product says today: its current edition, its announcement, or why it is retired."""
    if product.current is not None:
        return _edition(request, product, product.current, is_permanent=False)
    if product.announced_at:
        return render(request, "products/pages/product_coming.html", {"product": product})
    if product.moved_to is not None and Product.objects.visible_to(VISITOR).filter(pk=product.moved_to.pk).exists():
        return HttpResponsePermanentRedirect(product.moved_to.get_absolute_url())
    return _edition(request, product, out_editions(product)[0], is_permanent=False)


@public_page
@require_GET
@of_product
def edition_detail(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """One edition, at its address for ever."""
    return _edition(request, product, out_edition(product, number), is_permanent=True)


@public_page
@require_GET
@of_product
def product_part(request: HttpRequest, product: Product, part: str) -> HttpResponse:
    """One part of the current edition."""
    if product.current is None:
        raise Http404("nothing is out")
    return _part(request, product, product.current, part, is_permanent=False)


@public_page
@require_GET
@of_product
def edition_part(request: HttpRequest, product: Product, number: int, part: str) -> HttpResponse:
    """One part of one edition."""
    return _part(request, product, out_edition(product, number), part, is_permanent=True)


@public_page
@require_GET
@of_product
def edition_citation(request: HttpRequest, product: Product, number: int) -> HttpResponse:
    """How to cite an edition, for programs that keep references."""
    edition = out_edition(product, number)
    if edition.is_withdrawn:
        return _gone(request, product, edition)
    authors = authors_of([product.pk], VISITOR).get(product.pk, [])
    return JsonResponse([csl(edition, authors, Community.current().name)], safe=False)


@public_page
@require_GET
@of_product
def edition_compare(request: HttpRequest, product: Product, old: int, new: int) -> HttpResponse:
    """What changed between two editions, word by word."""
    before, after = out_edition(product, old), out_edition(product, new)
    if old >= new:
        raise Http404("an edition is compared with a later one")
    for edition in (before, after):
        if edition.is_withdrawn:
            return _gone(request, product, edition)
    context = {"product": product, "old": before, "new": after, "compared": compared(before, after)}
    return render(request, "products/pages/edition_compare.html", context)


@public_page
@require_safe
@conditional_page
def product_feed(request: HttpRequest) -> HttpResponse:
    """The newest products in full, for readers of feeds: the same for everybody."""
    return ProductsFeed()(request)


def _edition(request: HttpRequest, product: Product, edition: Edition, *, is_permanent: bool) -> HttpResponse:
    if edition.is_withdrawn:
        return _gone(request, product, edition)
    edition.product = product
    context: dict[str, Any] = reading.page_of(product, edition, request.user)
    context["part_links"] = reading.part_links(context["text"], product, edition, is_permanent=is_permanent)
    context["is_permanent"] = is_permanent
    context["panels"] = panels_for(request, "product", product)
    return render(request, "products/pages/edition_detail.html", context)


def _part(request: HttpRequest, product: Product, edition: Edition, part: str, *, is_permanent: bool) -> HttpResponse:
    if edition.is_withdrawn:
        return _gone(request, product, edition)
    edition.product = product
    context = reading.part_of(product, edition, part, is_permanent=is_permanent)
    return render(request, "products/pages/edition_part.html", context)


def _gone(request: HttpRequest, product: Product, edition: Edition) -> HttpResponse:
    """It was here, and why it is not any more; of its text nothing."""
    moved_to = product.moved_to if product.moved_to is not None and product.moved_to.current_id else None
    context = {"product": product, "edition": edition, "moved_to": moved_to, "current": product.current}
    return render(request, "products/pages/edition_gone.html", context, status=410)
