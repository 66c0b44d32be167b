"""Whether mail arrives: the first thing a founder wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from community import emails
from correspondence.models import OutgoingMail

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def mail_check(request: HttpRequest) -> HttpResponse:
    """What became of the test mails to oneself, and a button for another one."""
    person = _of_the_support_team(request)
    mails = OutgoingMail.objects.filter(kind="test_mail", person=person)  # unscoped: one's own
    return render(request, "community/mail_check.html", {"mails": mails.order_by("-pk")[:5], "address": person.email})


@require_POST
def mail_check_send(request: HttpRequest) -> HttpResponse:
    """Send oneself a test mail."""
    emails.test_mail(_of_the_support_team(request))
    return redirect("community:mail-check")


def _of_the_support_team(request: HttpRequest) -> User:
    person = cast("User", request.user)
    if not person.is_staff:
        raise PermissionDenied("The support team looks after the mail.")
    return person
