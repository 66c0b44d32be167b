"""Canaries in what is kept about mail. What a mail says is planted by the app whose mail it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from correspondence.models import AddressHealth, DigestChoice, MailFailure, MailPreference, MailText, OutgoingMail, ReplyAddress
from tests.leaks import NO_ONE, TEAM, Garden


def plant(garden: Garden) -> None:
    refused_mail(garden)
    reply_address(garden)
    digest_choice(garden)
    words_of_a_mail(garden)
    what_came_back(garden)


def refused_mail(garden: Garden) -> None:
    """A mail that the server refused: staff see to whom it went and what the server said, nobody sees what it is made of."""

    def canary(field: str, *readers: str) -> str:
        return garden.canary(f"correspondence.OutgoingMail.{field}", *readers)

    refused = OutgoingMail.objects.create(
        kind="login_code",
        address=f"{canary('address', *TEAM)}@people.example.org",
        answer=canary("answer", *TEAM),
        key=canary("key", *NO_ONE),
        about={"code": canary("about", *NO_ONE)},
        nonce=canary("nonce", *NO_ONE),
        claim=canary("claim", *NO_ONE),
        state=OutgoingMail.State.FAILED,
    )
    # The list shows a hundred of the newest: of all the mails of the garden this may not be one.
    garden.pages.append(reverse("admin:correspondence_outgoingmail_change", args=[refused.pk]))
    MailPreference.objects.create(
        address=f"{garden.canary('correspondence.MailPreference.address', *NO_ONE)}@people.example.org",
        kind="private_message",
        wanted=False,
    )


def reply_address(garden: Garden) -> None:
    """What reply addresses are derived from is nobody's to read."""

    def canary(field: str) -> str:
        return garden.canary(f"correspondence.ReplyAddress.{field}", *NO_ONE)

    address = ReplyAddress.objects.of("reply", garden.cast.ambassador, garden.cast.outsider)
    ReplyAddress.objects.filter(pk=address.pk).update(prefix=canary("prefix"), target_id=canary("target_id"), nonce=canary("nonce"))


def digest_choice(garden: Garden) -> None:
    """When somebody reads their digest is theirs alone to know."""
    zone = garden.canary("correspondence.DigestChoice.zone", *NO_ONE)
    DigestChoice.objects.update_or_create(person=garden.cast.ambassador, defaults={"zone": zone})


def words_of_a_mail(garden: Garden) -> None:
    MailText.objects.create(kind="invited_to_sign_in", part="subject", body=garden.canary("correspondence.MailText.body", *TEAM))


def what_came_back(garden: Garden) -> None:
    """From an address of a stranger: the team sees it. What came back from a member's address that member reads, too."""
    failure = garden.canary("correspondence.MailFailure.words", *TEAM, "outsider")
    health = AddressHealth.objects.create(
        address=f"{garden.canary('correspondence.AddressHealth.address', *TEAM)}@people.example.org",
        nonce=garden.canary("correspondence.AddressHealth.nonce", *NO_ONE),
        state="paused",
    )
    theirs = AddressHealth.objects.create(address=garden.cast.outsider.email, state="paused")
    for row in (health, theirs):
        MailFailure.objects.create(
            health=row,
            kind="hard",
            identity=f"{row.pk}-{garden.canary('correspondence.MailFailure.identity', *NO_ONE)}",
            words=failure,
            sent_at=timezone.now(),
        )
    garden.pages.append(reverse("correspondence:address-detail"))
