"""Pages about mail that was not simply done, for the person in whose name it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from correspondence.inbound import confirming
from correspondence.inbound.reasons import sentence
from correspondence.models import InboundMail
from foundation.access import signed_in
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

MAILS_SHOWN = 50


@signed_in
@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    """The reader's own mails that were held or refused, the latest first."""
    mails = InboundMail.objects.visible_to(request.user).not_simply_done().defer("raw")[:MAILS_SHOWN]
    return render(request, "inbound/mail_list.html", {"mails": [(mail, sentence(mail)) for mail in mails]})


@signed_in
@require_GET
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: what became of it, why, and its words while we have them."""
    mail = get_object_or_404(InboundMail.objects.visible_to(request.user), pk=pk)
    context = {
        "mail": mail,
        "parsed": mail.parsed(),
        "sentence": sentence(mail),
        "can_post": confirming.can_be_posted(mail, by=cast("User", request.user)),
    }
    return render(request, "inbound/mail_detail.html", context)


@signed_in
@require_POST
def mail_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a mail after all that was held or came back."""
    mail = get_object_or_404(InboundMail.objects.visible_to(request.user), pk=pk)
    try:
        confirming.post_yet(mail, by=cast("User", request.user))
    except TransitionRefused:
        messages.error(
            request, _("It could not be posted: it was posted or thrown away before, or its conversation is closed to you.")
        )
        return redirect(mail)
    mail.refresh_from_db()
    messages.success(request, _("Posted, in your name."))
    return redirect(mail.address_of_made())


@signed_in
@require_POST
def mail_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a held mail away."""
    mail = get_object_or_404(InboundMail.objects.visible_to(request.user), pk=pk)
    try:
        confirming.discard_held(mail, by=cast("User", request.user))
    except TransitionRefused:
        messages.error(request, _("It was posted or thrown away before."))
    else:
        messages.success(request, _("Thrown away."))
    return redirect("inbound:mail-list")
