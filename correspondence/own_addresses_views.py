"""The page of one's secret addresses: what each does, new ones, and cards for an address book."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from correspondence import own_addresses
from correspondence.addresses import HELP, at_our_domain
from correspondence.models import ReplyAddress
from foundation.models import Community
from foundation.vcards import contact, written

if TYPE_CHECKING:
    from ambassadors.models import User


@never_cache
@require_GET
def own_address_list(request: HttpRequest) -> HttpResponse:
    """One's own addresses; no other site learns of the page."""
    person = cast("User", request.user)
    keepable = own_addresses.keepable_by(person)
    entries = own_addresses.entries_of(person, keepable)
    context = {"entries": entries, "missing": len(keepable) - len(entries), "help_address": at_our_domain(HELP)}
    response = render(request, "correspondence/own_address_list.html", context)
    # Its forms need their origin on this site, so it is not kept from that.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@require_GET
def own_address_card(request: HttpRequest) -> HttpResponse:
    """The same as a file for one's address book."""
    community, person = Community.current().name, cast("User", request.user)
    entries = own_addresses.entries_of(person, own_addresses.keepable_by(person))
    contacts = [(_("Help by mail"), at_our_domain(HELP)), *((one.act.name, one.address) for entry in entries for one in entry.kept)]
    vcards = written(line for name, address in contacts for line in contact(f"{community}: {name}", address))
    response = HttpResponse(vcards, content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="addresses.vcf"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def own_address_make(request: HttpRequest) -> HttpResponse:
    """Have addresses for all that one has none for yet."""
    own_addresses.make_all(cast("User", request.user))
    return redirect("correspondence:own-address-list")


@require_POST
def own_address_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Have new addresses in the place of those of one row."""
    own_addresses.renew(get_object_or_404(ReplyAddress.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("Done. The old address leads nowhere from now on."))
    return redirect("correspondence:own-address-list")


@require_POST
def own_address_renew_all(request: HttpRequest) -> HttpResponse:
    """Have new addresses for everything."""
    own_addresses.renew_all(cast("User", request.user))
    messages.success(request, _("Done. All your old addresses lead nowhere from now on, those in mails you have kept too."))
    return redirect("correspondence:own-address-list")
