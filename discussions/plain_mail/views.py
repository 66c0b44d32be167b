"""The page of a space on which those who lead it decide about mail from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from discussions.plain_mail import workflow
from discussions.plain_mail.addresses import plain_address
from discussions.plain_mail.held import waiting_for
from discussions.plain_mail.letters import letters_of
from discussions.spaces.views.looking import led_space
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import InboundMail

AT_ONCE = 10


@require_GET
def space_mail_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, the oldest first, for those who lead the space."""
    space = led_space(request, slug)
    mails = list(waiting_for(request.user).filter(target_id=str(space.pk)).order_by("received_at", "pk")[: AT_ONCE + 1])
    context = {
        "space": space,
        "letters": letters_of(mails[:AT_ONCE]),
        "has_more": len(mails) > AT_ONCE,
        "address": plain_address(space),
    }
    return render(request, "discussions/plain_mail/space_mail_list.html", context)


@require_POST
def space_mail_take_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin a conversation with it."""
    mail = _waiting(request, slug, pk)
    try:
        thread = workflow.take_in(mail, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("Somebody else who leads it was quicker."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("It is in: whoever reads this space can answer it now."))
        return redirect(thread)
    return redirect("discussions:space-mail-list", slug)


@require_POST
def space_mail_discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Throw it away."""
    mail = _waiting(request, slug, pk)
    try:
        workflow.throw_away(mail, by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("Somebody else who leads it was quicker."))
    else:
        messages.success(request, _("Thrown away. Nobody is told."))
    return redirect("discussions:space-mail-list", slug)


def _waiting(request: HttpRequest, slug: str, pk: int) -> InboundMail:
    """The mail of an address, for whoever leads its space now."""
    space = led_space(request, slug)
    found: InboundMail = get_object_or_404(waiting_for(request.user).filter(target_id=str(space.pk)), pk=pk)
    return found
