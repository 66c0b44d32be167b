"""Handing in a resource, and the editors' look at what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.workflow import TransitionRefused
from products import rules
from products.models import Edition, Product
from products.resources import shown, workflow
from products.resources.forms import GiveBackForm, ResourceForm

if TYPE_CHECKING:
    from ambassadors.models import User

MOVED = gettext_lazy("Somebody was quicker, or it has changed since you read it. This is how it stands now.")


@require_http_methods(["GET", "POST"])
def resource_contribute(request: HttpRequest) -> HttpResponse:
    """A member hands in a link or a file that helped them."""
    form = ResourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _handed_in(form, cast("User", request.user)):
        messages.success(request, _("Thank you. An editor looks at it next; nobody else sees it before."))
        return redirect("products:resource-contribute")
    context = {"form": form, "mine": shown.contributed_by(request.user)}
    return render(request, "products/resources/resource_contribute.html", context)


def _handed_in(form: ResourceForm, by: User) -> bool:
    """Hand it in; False with an error on the form."""
    try:
        workflow.contribute(by=by, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_GET
def resource_queue(request: HttpRequest) -> HttpResponse:
    """What waits for an editor's look, the oldest first."""
    reader = cast("User", request.user)
    if not rules.is_editor(reader):
        raise PermissionDenied(_("Editors look at what is handed in."))
    return _queue(request, reader)


@require_POST
def resource_let_in(request: HttpRequest, slug: str) -> HttpResponse:
    """It is good: everybody finds it from now on."""
    reader, edition = cast("User", request.user), _waiting(request, slug)
    try:
        workflow.let_in(edition, by=reader, revision=_revision(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except TransitionRefused:
        messages.info(request, MOVED)
    else:
        messages.success(request, _("Everybody finds it now. Whoever handed it in is told."))
    return redirect("products:resource-queue")


@require_POST
def resource_give_back(request: HttpRequest, slug: str) -> HttpResponse:
    """It is not for us as it is: whoever handed it in reads why, and may change it."""
    reader, edition = cast("User", request.user), _waiting(request, slug)
    form = GiveBackForm(request.POST, prefix=slug)
    if not form.is_valid():
        return _queue(request, reader, {slug: form})
    try:
        workflow.give_back(edition, by=reader, revision=form.cleaned_data["revision"], note=form.cleaned_data["note"])
    except TransitionRefused:
        messages.info(request, MOVED)
    else:
        messages.success(request, _("It is theirs again, with your words."))
    return redirect("products:resource-queue")


def _queue(request: HttpRequest, reader: User, forms: dict[str, Any] | None = None) -> HttpResponse:
    context = {"waiting": shown.waiting_for(reader, forms or {}), "broken": shown.broken_links(reader)}
    return render(request, "products/resources/resource_queue.html", context)


def _waiting(request: HttpRequest, slug: str) -> Edition:
    """The resource that this editor may decide about: 404 to who may not know of it, 403 to who handed it in."""
    reader = cast("User", request.user)
    rows = Edition.objects.visible_to(reader).filter(product__kind=Product.Kind.RESOURCE).select_related("product__space")
    edition: Edition = get_object_or_404(rows.on_the_road(), product__slug=slug)
    if not rules.may_decide(reader, edition):
        raise PermissionDenied(_("Another editor looks at it."))
    return edition


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0
