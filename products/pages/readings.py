"""Listing what supports a product, or questions it: editors do, and everybody reads it beside the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import record
from products import rules
from products.models import Product, Reading

if TYPE_CHECKING:
    from ambassadors.models import User

TEMPLATE = "products/pages/reading_list.html"


class ReadingForm(forms.ModelForm):
    """What was written elsewhere, by whom, and what it does to this product."""

    class Meta:
        model = Reading
        fields = ("stance", "title", "by", "address", "note")


@transaction.atomic
def list_reading(reading: Reading, *, by: User) -> None:
    """Show it beside its product. Raises ValidationError when the same address stands there already."""
    reading.added_by = by
    reading.full_clean()
    reading.save(force_insert=True)
    record("listed", reading, by=by)


@transaction.atomic
def take_reading_away(reading: Reading, *, by: User) -> None:
    """It does not stand there any more; the history of the product says who took it away."""
    record("took a reading away", reading.product, by=by, note=reading.title)
    reading.delete()


@require_GET
def reading_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands beside a product, and the form for one more."""
    product = _edited(request, slug)
    return _page(request, product, ReadingForm(initial={"stance": Reading.Stance.QUESTIONS}))


@require_POST
def reading_add(request: HttpRequest, slug: str) -> HttpResponse:
    """One more."""
    product = _edited(request, slug)
    form = ReadingForm(request.POST, instance=Reading(product=product))
    if form.is_valid() and _listed(form, cast("User", request.user)):
        messages.success(request, _("Readers find it beside the product now."))
        return redirect("products:reading-list", slug)
    return _page(request, product, form)


@require_POST
def reading_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One less."""
    product = _edited(request, slug)
    reading = get_object_or_404(Reading.objects.visible_to(request.user), product=product, pk=pk)
    take_reading_away(reading, by=cast("User", request.user))
    messages.success(request, _("It does not stand beside the product any more."))
    return redirect("products:reading-list", slug)


def _listed(form: ReadingForm, by: User) -> bool:
    try:
        list_reading(form.instance, by=by)
    except ValidationError:
        form.add_error("address", _("This stands beside the product already."))
        return False
    return True


def _edited(request: HttpRequest, slug: str) -> Product:
    product: Product = get_object_or_404(Product.objects.visible_to(request.user).select_related("newest", "current"), slug=slug)
    if not rules.is_editor(cast("User", request.user)):
        raise PermissionDenied(_("Editors look after what stands beside a product."))
    return product


def _page(request: HttpRequest, product: Product, form: ReadingForm) -> HttpResponse:
    readings = list(Reading.objects.visible_to(request.user).filter(product=product))
    return render(
        request, TEMPLATE, {"product": product, "edition": product.current or product.newest, "form": form, "readings": readings}
    )
