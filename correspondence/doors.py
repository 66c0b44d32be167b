"""The addresses that every mail of ours carries: where its bounces go, where one stops it, and who reads an answer."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from correspondence import addresses, outbox, preferences
from correspondence.health import reports
from correspondence.inbound.names import is_of_team
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound, named
from correspondence.models import InboundMail, MailPreference, OutgoingMail
from foundation.forms import given_away

LETTERS_A_DAY = 100


def bounce(letter: Delivery) -> OutgoingMail | None:
    """Note that a mail we thought sent did not arrive. Whatever else comes here is kept and does nothing: no answer to a machine."""
    mail = addresses.mail_of(letter.token, addresses.BOUNCE)
    return reports.take(letter.parsed, mail) if mail is not None else None


def complaint(letter: Delivery) -> OutgoingMail | None:
    """Stop mail that was reported as unwanted: the address that one gives to the feedback loops of the large mailbox providers."""
    return reports.take(letter.parsed)


def unsubscribe(letter: Delivery) -> MailPreference:
    """Switch the mail's kind off for its recipient, whoever sends this: the address is as secret as the link beside it."""
    mail = addresses.mail_of(letter.token, addresses.UNSUBSCRIBE)
    if mail is None or not preferences.can_be_switched_off(mail):
        raise MailNotTaken(InboundMail.Reason.UNKNOWN_ADDRESS)
    return preferences.unsubscribe(mail)


def pass_to_team(letter: Delivery) -> None:
    """Give a letter to the support team to everybody on it. A flood is stored like all mail, but not passed on."""
    a_day_ago = timezone.now() - timedelta(days=1)
    today = InboundMail.objects.filter(recipient=letter.mail.recipient, received_at__gte=a_day_ago).count()
    if today <= LETTERS_A_DAY and letter.parsed.sender:
        team = get_user_model().objects.filter(is_staff=True, is_active=True).values_list("pk", flat=True)
        outbox.post_many("letter_to_team", team, key=f"letter-to-team:{letter.mail.pk}", inbound=letter.mail.pk)


def find_team(name: str) -> Door | None:
    """The address that the community chose for its own mail leads where `team@` does."""
    return inbound[addresses.TEAM] if is_of_team(name) else None


def is_given_away(word: str) -> bool:
    """Whether mail to this word goes through a door that is not the support team's: answers to the community would get lost there."""
    prefix = word.partition("+")[0]
    doors = (find(prefix) for name, find in named.items() if name != "team")
    return prefix != addresses.TEAM and (prefix in inbound or any(door is not None for door in doors))


given_away.add("doors", is_given_away)
inbound.add(addresses.BOUNCE, Door(bounce, own_tokens=True, takes_automatic=True))
inbound.add(addresses.COMPLAINTS, Door(complaint, own_tokens=True, takes_automatic=True))
inbound.add(addresses.UNSUBSCRIBE, Door(unsubscribe, own_tokens=True))
inbound.add(addresses.TEAM, Door(pass_to_team, own_tokens=True))
named.add("team", find_team)
