"""The versions of an edition: who saved them and when, what changed between any two, and putting an earlier one back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from products import rules
from products.drafting.comparing import compared
from products.drafting.lookups import edition_of, edition_to_write, product_of, reader_of
from products.drafting.restoring import put_back
from products.models import Edition, EditionRevision, Product

A_PAGE = 40
CHOICES = 120  # versions to choose from: the newest; older ones are on the pages of their editions


@require_GET
def revision_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The versions of one edition, the newest first."""
    edition = edition_of(request, slug, number)
    rows = EditionRevision.objects.visible_to(request.user).filter(edition=edition).select_related("by").defer("content")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 9:
        rows = rows.filter(number__lt=int(before))
    found = list(rows[: A_PAGE + 1])
    editions = _editions(request, edition.product)
    context: dict[str, Any] = {
        "edition": edition,
        "product": edition.product,
        "lines": list(zip(found[:A_PAGE], [*found[1:], None], strict=False)),
        "older": found[A_PAGE - 1].number if len(found) > A_PAGE else 0,
        "may_write": rules.may_write(reader_of(request), edition),
        "editions": editions,
        "before": next((one for one in editions if one.number < number), None),
    }
    return render(request, "products/drafting/revision_list.html", context)


@require_GET
def product_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two versions (`?from=1.3&to=2.1`: edition and version); without them, the last two of the newest edition."""
    product = product_of(request, slug)
    choices = list(
        EditionRevision.objects.visible_to(request.user)
        .filter(edition__product=product)
        .select_related("by", "edition")
        .defer("content")
        .order_by("-edition__number", "-number")[:CHOICES]
    )
    last, before = choices[0], choices[min(1, len(choices) - 1)]
    one = _version(request, product, request.GET.get("from", ""), before)
    two = _version(request, product, request.GET.get("to", ""), last)
    context = {"product": product, "choices": choices, "one": one, "two": two, "sections": compared(one.content, two.content)}
    return render(request, "products/drafting/product_compare.html", context)


@require_POST
def revision_restore(request: HttpRequest, slug: str, number: int, revision: int) -> HttpResponse:
    """Put an earlier version back; what stands there now stays among the versions."""
    edition = edition_to_write(request, slug, number)
    earlier = get_object_or_404(EditionRevision.objects.visible_to(request.user), edition=edition, number=revision)
    try:
        put_back(edition, earlier, by=reader_of(request))
    except TransitionRefused:
        messages.warning(request, _("It has moved on, or somebody saved it at this moment. Please look at it again."))
        return redirect("products:revision-list", slug, number)
    messages.success(request, _("Put back. What stood there before is among the versions."))
    return redirect("products:edition-edit", slug, number)


def _version(request: HttpRequest, product: Product, asked: str, else_: EditionRevision) -> EditionRevision:
    edition, _dot, number = asked.partition(".")
    rows = EditionRevision.objects.visible_to(request.user).filter(edition__product=product).select_related("edition", "by")
    if not asked:
        found: EditionRevision = rows.get(pk=else_.pk)
        return found
    if not (edition.isdecimal() and number.isdecimal() and len(asked) < 15):
        raise Http404
    version: EditionRevision = get_object_or_404(rows, edition__number=int(edition), number=int(number))
    return version


def _editions(request: HttpRequest, product: Product) -> list[Edition]:
    return list(Edition.objects.visible_to(request.user).filter(product=product).order_by("-number"))
