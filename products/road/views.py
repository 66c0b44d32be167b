"""Where a product stands, the editors' board, and the buttons that move an edition on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from products import rules
from products.drafting.lookups import edition_of, product_of, reader_of
from products.models import Product
from products.road import forms, keeping, workflow
from products.road.board import board_of
from products.road.page import progress_page
from products.road.presses import PRESSES, form_of

Sent = tuple[str, Any]  # the name of a form, and the form with what was sent
MOVED = gettext_lazy("Somebody was quicker, or it has changed since you read it. This is how it stands now.")


@require_GET
def product_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a product stands, for those who make it and for editors."""
    return progress_page(request, product_of(request, slug))


@require_GET
def product_board(request: HttpRequest) -> HttpResponse:
    """All that is on the road."""
    me = reader_of(request)
    if not rules.is_editor(me):
        raise PermissionDenied(_("The board is for editors. What you write yourself lies on your own list."))
    return render(request, "products/road/product_board.html", {"board": board_of(me)})


@require_POST
def edition_submit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand it in."""
    return _press(request, slug, number, "submit")


@require_POST
def edition_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write on."""
    return _press(request, slug, number, "take_back")


@require_POST
def edition_revise(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give it back to its authors."""
    return _press(request, slug, number, "revise")


@require_POST
def edition_send_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """It is not for us as it is."""
    return _press(request, slug, number, "send_back")


@require_POST
def edition_present(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every ambassador reads it now."""
    return _press(request, slug, number, "present")


@require_POST
def edition_approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """It may be published."""
    return _press(request, slug, number, "approve")


@require_POST
def edition_publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everybody reads it now."""
    return _press(request, slug, number, "publish")


@require_POST
def edition_retire(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """It is not what we say any more."""
    return _press(request, slug, number, "retire")


@require_POST
def edition_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Its text is nobody's to read any more."""
    return _press(request, slug, number, "withdraw")


@require_POST
def edition_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next edition, and go where it is written."""
    product, form = product_of(request, slug), forms.EditionBeginForm(request.POST, auto_id="begin-%s")
    if not rules.writes(reader_of(request), product):
        raise PermissionDenied(_("You read it, and others write it."))

    def begin() -> str:
        edition = workflow.begin_edition(product, by=reader_of(request), **form.cleaned_data)
        return reverse("products:edition-edit", args=[product.slug, edition.number])

    return _followed(
        request, product, ("begin", form), begin, _("Begun with the words of the edition before. Say what you change.")
    )


@require_POST
def product_announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell everybody that it is to come."""
    product, form = _to_keep(request, slug), forms.AnnounceForm(request.POST, auto_id="announce-%s")

    def announce() -> None:
        said = dict(form.cleaned_data)
        keeping.announce(product, by=reader_of(request), expected_on=said.pop("month"), **said)

    return _followed(request, product, ("announce", form), announce, _("Announced. Readers find it under what is to come."))


@require_POST
def product_unannounce(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce it no more."""
    product = _to_keep(request, slug)

    def take_back() -> None:
        keeping.take_announcement_back(product, by=reader_of(request))

    return _followed(request, product, ("", django_forms.Form({})), take_back, _("It is not announced any more."))


@require_POST
def product_rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Give it another address."""
    product, form = _to_keep(request, slug), forms.AddressForm(request.POST, auto_id="address-%s")

    def rename() -> None:
        product.slug = keeping.rename(product, form.cleaned_data["slug"], by=reader_of(request)).slug

    return _followed(request, product, ("address", form), rename, _("It has its new address; the one before leads there."))


@require_POST
def product_lead_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead its readers to another product."""
    product = _to_keep(request, slug)
    form = forms.LeadOnForm(request.POST, reader=reader_of(request), product=product, auto_id="lead-%s")

    def lead_on() -> None:
        keeping.lead_on(product, form.cleaned_data["to"], by=reader_of(request))

    return _followed(request, product, ("lead_on", form), lead_on, _("Saved: this is where its readers go."))


@require_POST
def product_assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who sees it through."""
    product = _to_keep(request, slug)
    form = forms.EditorForm(request.POST, reader=reader_of(request), product=product, auto_id="editor-%s")

    def assign() -> None:
        keeping.assign(product, form.cleaned_data["editor"], by=reader_of(request))

    return _followed(request, product, ("editor", form), assign, _("Saved."))


def _to_keep(request: HttpRequest, slug: str) -> Product:
    product = product_of(request, slug)
    if product.newest is None or not rules.may_decide(reader_of(request), product.newest):
        raise PermissionDenied(_("This is for editors who do not write it themselves."))
    return product


def _press(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    edition = edition_of(request, slug, number)
    press, form = PRESSES[name], form_of(name, request.POST, edition=edition)
    if not press.move.allowed(reader_of(request), edition):
        raise PermissionDenied(_("That is for others to decide."))

    def do() -> None:
        press.do(edition, by=reader_of(request), **form.cleaned_data)

    return _followed(request, edition.product, (f"{name}-{number}", form), do, str(press.said))


def _followed(request: HttpRequest, product: Product, sent: Sent, do: Callable[[], str | None], said: str) -> HttpResponse:
    """Do what a form asks for, and go back to the page, or to the address that `do` returns.

    Where it cannot be, show the page with what was typed and the reason.
    """
    name, form = sent
    if form.is_valid():
        try:
            url = do()
        except ValidationError as refused:
            form.add_error(None, refused)
        except TransitionRefused:
            messages.info(request, MOVED)
            return redirect("products:product-progress", product.slug)
        else:
            messages.success(request, said)
            return redirect(url or reverse("products:product-progress", args=[product.slug]))
    return progress_page(request, product_of(request, product.slug), bound={name: form}, status=422)
