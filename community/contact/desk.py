"""What the contact form lays on the support team's desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.models import ContactMessage
from foundation.desk import Chore, DeskCard, house


def _card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext("%d message from outside waits for an answer", "%d messages from outside wait for an answer", number)
        % number,
        text=_("It came through the contact form. Your answer goes out by mail."),
        url=reverse("admin:community_contactmessage_changelist") + "?status__exact=open",
        action=_("Read and answer"),
        weight=0,
    )


house.add("messages from outside", Chore(lambda person: ContactMessage.objects.visible_to(person).waiting(), _card))
