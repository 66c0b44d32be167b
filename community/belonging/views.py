"""Saying publicly that one belongs: a kit of words and a picture for members, and what proves it to everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors import workflow
from ambassadors.forms import ProfileEditForm
from ambassadors.models import Ambassador
from community.belonging.badge import badge
from foundation.access import public, public_page
from foundation.audiences import Audience
from foundation.models import Community

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def belonging_kit(request: HttpRequest) -> HttpResponse:
    """The words, the picture and the address that proves them, for whoever shows themselves publicly; the others may choose to."""
    own = _own(request)
    context: dict[str, Any] = {"own": own, "is_public": own.listed_for == Audience.PUBLIC}
    if context["is_public"]:
        address = settings.SITE_URL + reverse("community:belonging-verified", args=[own.slug])
        context |= {"address": address, "texts": _texts(Community.current(), address)}
    return render(request, "community/belonging/kit.html", context)


@require_POST
def belonging_show(request: HttpRequest) -> HttpResponse:
    """Be found by everybody: on the public list, by one's profile, and by what the kit leads to."""
    return _listed(request, Audience.PUBLIC, _("You are on the public list now. Here is what you can say, and what proves it."))


@require_POST
def belonging_hide(request: HttpRequest) -> HttpResponse:
    """Be found by members alone again: the picture and the address that were given out show nothing any more."""
    return _listed(request, Audience.MEMBERS, _("You are found by members alone again. What you gave out leads nowhere now."))


@public_page
@require_GET
def belonging_verified(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes, this person belongs: for whoever followed the address in a signature. Of nobody else does it say anything."""
    return render(request, "community/belonging/verified.html", {"person": _public_or_404(slug)})


@public
@require_GET
def belonging_badge(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture. A browser asks each time, so that it is gone when its owner takes it back."""
    person, community = _public_or_404(slug), Community.current()
    role = _("Ambassador of %(community)s") % {"community": community.name}
    response = HttpResponse(badge(str(person.user), role, community), content_type="image/png")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _own(request: HttpRequest) -> Ambassador:
    reader = cast("User", request.user)
    own: Ambassador | None = Ambassador.objects.visible_to(reader).filter(user=reader).select_related("user").first()
    if own is None:
        raise Http404
    return own


def _public_or_404(slug: str) -> Ambassador:
    """Somebody who belongs now and shows themselves to everybody; whoever has left is not said to belong."""
    there = Ambassador.objects.visible_to(AnonymousUser()).filter(status__in=["active", "paused"], listed_for=Audience.PUBLIC)
    found: Ambassador = get_object_or_404(there.select_related("user"), slug=slug)
    return found


def _listed(request: HttpRequest, audience: str, said: str) -> HttpResponse:
    form = ProfileEditForm({"listed_for": audience}, instance=_own(request), only=("listed_for",))
    if form.is_valid():
        workflow.tell_of_oneself(cast("User", request.user), [form])
        messages.success(request, said)
    else:
        messages.error(request, str(form.errors["listed_for"][0]))
    return redirect("community:belonging-kit")


def _texts(community: Community, address: str) -> list[dict[str, str]]:
    """Words to copy: for a signature, for a page about oneself, and for where one has a little more room."""
    said = {"community": community.name, "purpose": community.purpose.rstrip("."), "address": address}
    return [
        {"label": _("For a signature"), "words": _("Ambassador of %(community)s · %(address)s") % said},
        {"label": _("For your headline on a network"), "words": _("Ambassador, %(community)s") % said},
        {
            "label": _("For your biography"),
            "words": _(
                "I belong to %(community)s, in a personal capacity and not for my employer. What we are: %(purpose)s. %(address)s"
            )
            % said,
        },
    ]
