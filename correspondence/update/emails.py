"""The mails of the Update: the letter itself, the test that an editor sends to themselves, and the question to a new subscriber."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from correspondence import due
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail, Subscription, Update
from correspondence.update import sending, subscribing
from correspondence.update.content import Passage, context_of
from correspondence.update.registry import Item


def update_of(mail: OutgoingMail) -> Update | None:
    """The Update that the mail carries, with its passages."""
    found: Update | None = Update.objects.with_parts().filter(pk=mail.about.get("update")).first()
    return found


def is_on_its_way(mail: OutgoingMail) -> bool:
    """While it is not stopped or taken back, and its reader still reads it."""
    if not Update.objects.out().filter(pk=mail.about.get("update")).exists():
        return False
    return mail.person is not None or sending.subscribers().filter(address=mail.address).exists()


def letter_context(mail: OutgoingMail) -> dict[str, Any]:
    """What it says at this moment; a subscriber finds the link to what is kept of them."""
    update = update_of(mail)
    assert update is not None  # noqa: S101  asked just before
    subscription = None if mail.person else Subscription.objects.filter(address=mail.address).first()
    return context_of(update) | {"manage_url": subscribing.link_of(subscription) if subscription else ""}


def letter_link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    """Its page, from the line in a digest."""
    return str(context["url"])


def sample_of_letter() -> dict[str, Any]:
    """A short one."""
    item = Item("1", _text("The ferry runs again"), "/news/", _text("After a year of asking, the island has its morning boat."))
    words = mark_safe("<p>Two things that went well, and one that did not.</p>")
    return {
        "title": _text("What the winter taught us"),
        "lead": _text("Two things that went well, and one that did not."),
        "opening": words,
        "opening_plain": _text("Two things that went well, and one that did not."),
        "passages": [Passage(_text("From the coast"), mark_safe(""), "", item, f"{settings.SITE_URL}/news/", False)],
        "closing": "",
        "closing_plain": "",
        "url": f"{settings.SITE_URL}/news/update/",
        "manage_url": "",
    }


def is_for_the_team(mail: OutgoingMail) -> bool:
    """A test goes to whoever may write it."""
    return bool(mail.person and mail.person.is_staff) and update_of(mail) is not None


def asked_is_still_open(mail: OutgoingMail) -> bool:
    """While the address is kept here; for the address of a member there is nothing to keep."""
    pk = mail.about["subscription"]
    return not pk or Subscription.objects.filter(pk=pk).exists()


def asked_context(mail: OutgoingMail) -> dict[str, Any]:
    """What the owner of the address can do: confirm, look at what is kept, or read in their settings that they get it anyway."""
    subscription = Subscription.objects.filter(pk=mail.about["subscription"]).first()
    if subscription is None:
        return {"standing": "member", "url": settings.SITE_URL + reverse("correspondence:preference-edit")}
    return {"standing": subscription.status, "url": subscribing.link_of(subscription)}


def sample_of_asked() -> dict[str, Any]:
    """A link that opens nothing."""
    return {"standing": "asked", "url": f"{settings.SITE_URL}/subscribe/example/"}


kinds.add(
    "update",
    Kind(
        name="update",
        own_words=True,
        label=_("The Update"),
        description=_("Now and then, a letter about what the community has published and what comes next."),
        context=letter_context,
        still_wanted=is_on_its_way,
        sample=sample_of_letter,
        link=letter_link,
        placeholders=("title", "lead", "url"),
        required=("url",),
    ),
)
kinds.add(
    "update_test",
    Kind(
        name="update_test",
        own_words=True,
        label=_("The Update, as a test to its editor"),
        context=letter_context,
        still_wanted=is_for_the_team,
        sample=sample_of_letter,
        optional=False,
        placeholders=("title", "lead", "url"),
        required=("url",),
    ),
)
kinds.add(
    "subscription_asked",
    Kind(
        name="subscription_asked",
        label=_("Do you want the Update?"),
        context=asked_context,
        still_wanted=asked_is_still_open,
        sample=sample_of_asked,
        optional=False,
        placeholders=("url",),
        required=("url",),
    ),
)
due.steps.add("the Update", sending.send_what_is_due)
