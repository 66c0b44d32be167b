"""Who stands under a product: the list, an invitation and its answer, and one's own card."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.uploads import CheckedFile, only_kept_files, upload_keep
from foundation.workflow import TransitionRefused
from products import rules
from products.drafting import naming
from products.drafting.author_forms import AuthorInviteForm, CreditCardForm
from products.drafting.emails import title_of
from products.drafting.lookups import product_of, product_to_write, reader_of
from products.models import AuthorInvitation, Credit, Product

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, User
    from foundation.models import Upload


@require_GET
def author_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who writes it and who is thanked, who is asked, and the form to ask one more."""
    return _list(request, product_of(request, slug), AuthorInviteForm(by=reader_of(request)))


@require_POST
def author_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody."""
    product, me = product_to_write(request, slug), reader_of(request)
    form = AuthorInviteForm(request.POST, by=me)
    if form.is_valid():
        said = form.cleaned_data
        try:
            naming.invite(product, said["person"], by=me, role=said["role"], words=said["words"])
        except ValidationError as error:
            form.add_error("person", error)
        else:
            messages.success(request, _("Asked, by mail and on their desk."))
            return redirect("products:author-list", slug)
    return _list(request, product, form, status=422)


@require_POST
def author_invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask no longer."""
    asked = _invitation(request, pk)
    try:
        naming.take_back(asked, by=reader_of(request))
    except TransitionRefused:
        messages.info(request, _("It has been answered already."))
    return redirect("products:author-list", asked.product.slug)


@require_GET
def author_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is asked, with the way to say yes or no."""
    asked = _invitation(request, pk)
    context = {"asked": asked, "title": title_of(asked), "is_mine": asked.person_id == reader_of(request).pk}
    return render(request, "products/drafting/author_invitation.html", context)


@require_POST
def author_invitation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes: the next thing is the card."""
    return _answered(request, pk, is_yes=True)


@require_POST
def author_invitation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """No, thank you."""
    return _answered(request, pk, is_yes=False)


@require_http_methods(["GET", "POST"])
def credit_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own card: how one wants to be named, and the consent to it."""
    credit = _own_credit(request, pk)
    consent, profile = naming.words_of_consent(credit.product), _profile(request)
    form = CreditCardForm(
        request.POST or None,
        request.FILES or None,
        instance=credit,
        initial=_prefilled(credit, reader_of(request), profile),
        consent=consent,
        has_profile_photo=bool(profile and profile.photo_id),
    )
    if form.is_valid():
        _agree(form, credit.pk, consent, profile, reader_of(request))
        messages.success(request, _("Thank you. You are named like this from now on."))
        return redirect("products:author-list", credit.product.slug)
    context = {"form": form, "credit": credit, "product": credit.product}
    return render(request, "products/drafting/credit_card.html", context, status=422 if form.errors else 200)


@require_POST
def credit_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Be named no longer."""
    credit = _own_credit(request, pk)
    try:
        naming.withdraw(credit, by=reader_of(request))
    except TransitionRefused:
        messages.info(request, _("You are not named there."))
    else:
        messages.success(request, _("Taken back: your card is gone from the page."))
    return redirect("products:author-list", credit.product.slug)


def _list(request: HttpRequest, product: Product, form: AuthorInviteForm, status: int = 200) -> HttpResponse:
    me = reader_of(request)
    named = Credit.objects.visible_to(me).filter(product=product).select_related("person", "photo")
    asked = AuthorInvitation.objects.visible_to(me).filter(product=product, status="asked").select_related("person", "by")
    context: dict[str, Any] = {
        "product": product,
        "edition": product.newest,
        "credits": list(named),
        "asked": list(asked),
        "writes": rules.writes(me, product),
        "form": form,
    }
    return render(request, "products/drafting/author_list.html", context, status=status)


def _answered(request: HttpRequest, pk: int, *, is_yes: bool) -> HttpResponse:
    asked = _invitation(request, pk)
    try:
        credit = naming.answer(asked, by=reader_of(request), is_yes=is_yes)
    except TransitionRefused:
        messages.info(request, _("It has been answered already, or was taken back."))
        return redirect("products:author-invitation", pk)
    if credit is None:
        messages.success(
            request, _("All right. %(name)s hears of it.") % {"name": asked.by.shown_name if asked.by else _("Whoever asked")}
        )
        return redirect("products:product-own-list")
    messages.success(request, _("Welcome. Now say how you want to be named, if you want to be."))
    return redirect("products:credit-card", credit.pk)


def _invitation(request: HttpRequest, pk: int) -> AuthorInvitation:
    seen = AuthorInvitation.objects.visible_to(request.user).select_related("product__newest", "product__space", "person", "by")
    asked: AuthorInvitation = get_object_or_404(seen, pk=pk)
    return asked


def _own_credit(request: HttpRequest, pk: int) -> Credit:
    own = Credit.objects.visible_to(request.user).filter(person=reader_of(request)).select_related("product__newest", "photo")
    credit: Credit = get_object_or_404(own, pk=pk)
    return credit


def _profile(request: HttpRequest) -> Ambassador | None:
    return getattr(reader_of(request), "ambassador", None)


def _prefilled(credit: Credit, me: User, profile: Ambassador | None) -> dict[str, str]:
    """What the card says; before one has agreed to anything, what one's profile says."""
    if credit.agreed_to:
        return {"name": credit.name, "title": credit.title, "tagline": credit.tagline}
    at = [profile.job_title, str(profile.organization or "")] if profile else []
    return {"name": me.shown_name, "title": ", ".join(part for part in at if part), "tagline": ""}


def _agree(form: CreditCardForm, pk: int, consent: str, profile: Ambassador | None, me: User) -> None:
    """The form has filled its row: the workflow gets the one that is kept."""
    credit, said = Credit.objects.visible_to(me).select_related("product__newest", "photo").get(pk=pk), form.cleaned_data
    with only_kept_files():
        photo = _photo(said, credit, profile, me)
        naming.agree(credit, by=me, name=said["name"], title=said["title"], tagline=said["tagline"], photo=photo, to=consent)


def _photo(said: dict[str, Any], credit: Credit, profile: Ambassador | None, me: User) -> Upload | None:
    """The photo of the card is a copy of its own: a profile may change or go, what was agreed to stays."""
    form, alt = CreditCardForm, said["name"]
    if said["which"] == form.NEW:
        return upload_keep(said["upload"], owner=me, alt=alt)
    if said["which"] == form.PROFILE and profile is not None and profile.photo is not None:
        kept = profile.photo
        with kept.file.open("rb") as content:
            copy = CheckedFile(content.read(), PurePosixPath(kept.name).name, kept.content_type, kept.width, kept.height)
        return upload_keep(copy, owner=me, alt=alt)
    return credit.photo if said["which"] == form.KEEP else None
