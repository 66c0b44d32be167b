"""What mail lays on the support team's desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.models import AddressHealth, OutgoingMail
from foundation.desk import Chore, DeskCard, house

if TYPE_CHECKING:
    from ambassadors.models import User


def _in_state(state: str) -> Callable[[User], QuerySet]:
    return lambda person: OutgoingMail.objects.visible_to(person).filter(state=state)


def _card(state: str, title: str, text: str) -> DeskCard:
    url = f"{reverse('admin:correspondence_outgoingmail_changelist')}?state__exact={state}"
    return DeskCard(title=title, text=text, url=url, action=_("Look at them"), weight=0)


def _unknown(number: int) -> DeskCard:
    title = ngettext("%d mail may have arrived", "%d mails may have arrived", number) % number
    text = _("The connection broke while they were handed over. Say whether they arrived, or send them again.")
    return _card("unknown", title, text)


def _failed(number: int) -> DeskCard:
    title = ngettext("%d mail was refused", "%d mails were refused", number) % number
    text = _("The mail server will not take them. Read what it says, mend what can be mended, and try again.")
    return _card("failed", title, text)


def _paused(number: int) -> DeskCard:
    title = ngettext("Mail to %d address is paused", "Mail to %d addresses is paused", number) % number
    text = _("It came back. Each of them reads so on the site; where somebody does not come by, another way to reach them helps.")
    url = f"{reverse('admin:correspondence_addresshealth_changelist')}?state__exact=paused"
    return DeskCard(title=title, text=text, url=url, action=_("Look at them"), weight=0)


house.add("paused addresses", Chore(lambda person: AddressHealth.objects.visible_to(person).filter(state="paused"), _paused))
house.add("mail of unknown fate", Chore(_in_state("unknown"), _unknown))
house.add("refused mail", Chore(_in_state("failed"), _failed))
