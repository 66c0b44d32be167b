"""The page that says why mail has stopped, and how to make it go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from correspondence.health import codes
from correspondence.health.forms import AddressConfirmForm
from correspondence.models import AddressHealth, MailFailure
from foundation.access import signed_in

if TYPE_CHECKING:
    from ambassadors.models import User

FAILURES_SHOWN = 3


@signed_in
@require_GET
def address_detail(request: HttpRequest) -> HttpResponse:
    """Whether mail reaches the reader's main address; and if not, what came back and what mends it."""
    person = cast("User", request.user)
    health = AddressHealth.objects.visible_to(person).of(person.email).stopped().first()
    form = AddressConfirmForm(health=health, person=person) if health and codes.waits(health) else None
    return _page(request, health, form)


@signed_in
@require_POST
def address_code_send(request: HttpRequest) -> HttpResponse:
    """Mail a code to the address that mail came back from."""
    person = cast("User", request.user)
    if codes.send(_stopped(person), to=person):
        messages.success(request, _("A code is on its way to %(address)s.") % {"address": person.email})
    else:
        messages.error(request, _("Three codes an hour are the most. Please wait a while, or choose another main address."))
    return redirect("correspondence:address-detail")


@signed_in
@require_POST
def address_confirm(request: HttpRequest) -> HttpResponse:
    """Take the code, and send mail there again."""
    person = cast("User", request.user)
    health = _stopped(person)
    form = AddressConfirmForm(request.POST, health=health, person=person)
    if not form.is_valid():
        return _page(request, health, form)
    messages.success(request, _("Thank you. Mail comes to %(address)s again.") % {"address": person.email})
    return redirect("correspondence:preference-edit")


def _stopped(person: User) -> AddressHealth:
    found: AddressHealth = get_object_or_404(AddressHealth.objects.visible_to(person).of(person.email).stopped())
    return found


def _page(request: HttpRequest, health: AddressHealth | None, form: AddressConfirmForm | None) -> HttpResponse:
    failures = MailFailure.objects.visible_to(request.user).filter(health=health)[:FAILURES_SHOWN] if health else []
    return render(request, "correspondence/address_detail.html", {"health": health, "failures": failures, "form": form})
