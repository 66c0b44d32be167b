"""What one writes, a new product, and the pages on which an edition is written."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.workflow import TransitionRefused
from products import rules
from products.drafting import merging, saving
from products.drafting.forms import EditionForm, PartNewForm, ProductAboutForm, ProductNewForm
from products.drafting.listing import page_of_own, spaces_to_write_in
from products.drafting.lookups import edition_of, edition_to_write, product_to_write, reader_of
from products.drafting.page import edition_page
from products.drafting.parts import add_part, move_part, remove_part
from products.drafting.words import has_one_text, texts_of
from products.drafting.workflow import begin_product
from products.kinds import NEEDS
from products.models import AuthorInvitation, Edition, EditionPart

PRESS = re.compile(r"[a-z0-9]{1,20}")
MOVED_ON = _("It has moved on, or somebody saved it at this moment. Please look at it again.")


@require_GET
def product_own_list(request: HttpRequest) -> HttpResponse:
    """What the reader writes, alone or in a space, the newest first."""
    me = reader_of(request)
    found = page_of_own(me, before=request.GET.get("before", ""))
    asked = AuthorInvitation.objects.visible_to(me).to(me).select_related("product__newest", "by")
    context = {"found": found, "asked": list(asked), "is_editor": rules.is_editor(me)}
    return render(request, "products/drafting/product_own_list.html", context)


@require_http_methods(["GET", "POST"])
def product_new(request: HttpRequest) -> HttpResponse:
    """Begin a product."""
    me = reader_of(request)
    initial = {"kind": request.GET.get("kind", ""), "space": _asked_space(request)}
    form = ProductNewForm(request.POST or None, spaces=spaces_to_write_in(me), initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        product = begin_product(by=me, kind=said["kind"], title=said["title"], space=said.get("space"))
        messages.success(request, _("Begun. Those who write it and their space read it, and nobody else before you hand it in."))
        if NEEDS[product.kind].explains:
            return redirect("products:product-about", product.slug)
        return redirect("products:edition-edit", product.slug, 1)
    return render(request, "products/drafting/product_new.html", {"form": form})


def _asked_space(request: HttpRequest) -> Any:
    slug = request.GET.get("space", "").replace("\0", "")
    return spaces_to_write_in(reader_of(request)).filter(slug=slug).first() if slug else None


@require_http_methods(["GET", "POST"])
def product_about(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about and for whom."""
    product = product_to_write(request, slug)
    newest = product.newest
    if newest is None or not newest.can_be_written:
        raise PermissionDenied(_("It can be changed while the edition is a draft or in revision."))
    needs = NEEDS[product.kind]
    form = ProductAboutForm(request.POST or None, instance=product, reader=reader_of(request), asks_whom=needs.explains)
    if form.is_valid():
        form.save()
        product.topics.set(form.cleaned_data["words"])
        messages.success(request, _("Saved."))
        return redirect("products:edition-edit", slug, newest.number)
    return render(request, "products/drafting/product_about.html", {"form": form, "product": product, "edition": newest})


@require_GET
def edition_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Where one writes an edition; for whoever only reads it, and while it is on its way, what it says."""
    edition = edition_of(request, slug, number)
    return edition_page(request, edition, None, _form(request, edition, None))


@require_GET
def part_edit(request: HttpRequest, slug: str, number: int, part: str) -> HttpResponse:
    """The same for one part."""
    edition = edition_of(request, slug, number)
    found = _part(edition, part)
    return edition_page(request, edition, found, _form(request, edition, found))


@require_POST
def edition_save(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep what was written."""
    edition = edition_to_write(request, slug, number)
    return _save(request, edition, None)


@require_POST
def part_save(request: HttpRequest, slug: str, number: int, part: str) -> HttpResponse:
    """Keep what was written in one part."""
    edition = edition_to_write(request, slug, number)
    return _save(request, edition, _part(edition, part))


@require_POST
def edition_autosave(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """The same while one writes."""
    return _autosave(request, edition_to_write(request, slug, number), None)


@require_POST
def part_autosave(request: HttpRequest, slug: str, number: int, part: str) -> JsonResponse:
    """The same for one part."""
    edition = edition_to_write(request, slug, number)
    return _autosave(request, edition, _part(edition, part))


@require_POST
def part_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One more part, and to its page."""
    edition = edition_to_write(request, slug, number)
    form = PartNewForm(request.POST)
    if has_one_text(edition):
        raise PermissionDenied(_("An article is one text."))
    if not form.is_valid():
        return edition_page(request, edition, None, _form(request, edition, None), part_form=form, status=422)
    try:
        part = add_part(edition, form.cleaned_data["title"], by=reader_of(request))
    except TransitionRefused:
        messages.warning(request, MOVED_ON)
        return redirect("products:edition-edit", slug, number)
    return redirect("products:part-edit", slug, number, part)


@require_POST
def part_move(request: HttpRequest, slug: str, number: int, part: str) -> HttpResponse:
    """One place up or down."""
    edition = edition_to_write(request, slug, number)
    word = request.POST.get("to", "")
    if word not in {"up", "down"}:
        raise Http404
    try:
        move_part(edition, part, word, by=reader_of(request))
    except TransitionRefused:
        messages.warning(request, MOVED_ON)
    return redirect("products:edition-edit", slug, number)


@require_POST
def part_remove(request: HttpRequest, slug: str, number: int, part: str) -> HttpResponse:
    """One part less; it can be put back from the list of versions."""
    edition = edition_to_write(request, slug, number)
    try:
        remove_part(edition, part, by=reader_of(request))
    except TransitionRefused:
        messages.warning(request, MOVED_ON)
    else:
        messages.success(request, _("Taken away. It can be put back from the list of versions."))
    return redirect("products:edition-edit", slug, number)


def _part(edition: Edition, slug: str) -> EditionPart:
    part: EditionPart | None = edition.parts.select_related("pillar").filter(slug=slug).first()
    if part is None or has_one_text(edition):
        raise Http404
    return part


def _form(request: HttpRequest, edition: Edition, part: EditionPart | None, data: Any = None) -> EditionForm:
    """The form of a page: the texts of the edition, with its one text where it has one; or a part."""
    if part is not None:
        return EditionForm(data, instance=edition, names=[], part=part)
    own = edition.parts.first() if has_one_text(edition) else None
    return EditionForm(data, instance=edition, names=texts_of(edition), part=own)


def _save(request: HttpRequest, edition: Edition, part: EditionPart | None) -> HttpResponse:
    form = _form(request, edition, part, request.POST)
    if not form.is_valid():
        return edition_page(request, edition, part, form, status=422)
    try:
        _keep(request, edition, form)
    except saving.SavedMeanwhile as meanwhile:
        return edition_page(request, edition, part, _knowing_both(request, form), meanwhile=meanwhile.names, status=409)
    except TransitionRefused:
        messages.warning(request, _("It has moved on meanwhile, so these words were not saved. They are below."))
        return edition_page(request, edition, part, form, status=409)
    messages.success(request, _("Saved."))
    place = [edition.product.slug, edition.number]
    url = reverse("products:part-edit", args=[*place, part.slug]) if part else reverse("products:edition-edit", args=place)
    press = PRESS.fullmatch(request.POST.get("press", ""))  # by it static/js/edition.js knows what was kept
    return redirect(f"{url}?kept={press[0]}" if press else url)


def _autosave(request: HttpRequest, edition: Edition, part: EditionPart | None) -> JsonResponse:
    """Answers what the form is to carry from now on, or why nothing was kept. A note is left for whoever presses the button."""
    form = _form(request, edition, part, request.POST)
    if not form.is_valid():
        return JsonResponse({"state": "errors", "errors": form.errors}, status=422)
    try:
        _keep(request, edition, form, note="")
    except saving.SavedMeanwhile:
        return JsonResponse({"state": "meanwhile"}, status=409)
    except TransitionRefused:
        return JsonResponse({"state": "moved"}, status=409)
    # What it shows from now on is what was kept: both sides put markup in order, each in its own way.
    now = Edition.objects.visible_to(request.user).select_related("product").get(pk=edition.pk)
    own = now.parts.filter(pk=form.part.pk).first() if form.part else None
    said = saving.kept(now, form.names, own)
    shown = merging.stamps({name: said[name] for name in form.written()})
    return JsonResponse({"state": "saved", "shown": shown, "at": date_format(timezone.localtime(), "H:i")})


def _keep(request: HttpRequest, edition: Edition, form: EditionForm, note: str | None = None) -> None:
    said = form.cleaned_data
    note = str(said["note"]) if note is None else note
    saving.save_written(edition, form.part, form.written(), shown=said["shown"], by=reader_of(request), note=note)


def _knowing_both(request: HttpRequest, form: EditionForm) -> EditionForm:
    """The words of this page, unsaved; saving them again is a choice, for one has seen the others."""
    edition = Edition.objects.visible_to(request.user).select_related("product__space").get(pk=form.instance.pk)
    part = edition.parts.filter(pk=form.part.pk).first() if form.part else None
    data = request.POST.copy()
    said = saving.kept(edition, form.names, part)
    data["shown"] = merging.stamps({name: said[name] for name in form.written()})
    return EditionForm(data, instance=edition, names=form.names, part=part)
