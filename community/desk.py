"""The founder's checklist: what a new community still lacks. Each point goes by itself when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador, User
from community.contact import desk as contact
from community.pages import desk as pages_desk  # noqa: F401  registers what the pages of the site want
from community.stories import desk as stories  # noqa: F401  words and lines that wait for consent
from community.update import desk as update
from correspondence.models import OutgoingMail
from foundation.desk import DeskCard, desk
from foundation.models import Community, HistoryEntry

__all__ = ["contact", "update"]


@desk.register("founding", for_staff=True)
def founding(person: User) -> Iterator[DeskCard]:
    """What is left to do until the first people are here, for the support team; the demo community is founded."""
    done = None if settings.DEMO or not person.is_staff else _what_is_done(person)
    if done is not None:
        yield from (card for is_done, card in _checklist(done) if card.url and not is_done)


def _url(name: str) -> str:
    """Where a point is done; a page that this installation does not have leaves its point out."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _what_is_done(person: User) -> dict[str, Any] | None:
    """Read all points at once: the desk costs one query for them."""
    people = Ambassador.objects.visible_to(person)
    changes = HistoryEntry.objects.visible_to(person).filter(target_type__app_label="foundation", target_type__model="community")
    mail = OutgoingMail.objects.filter(kind="test_mail", state="sent")  # unscoped: a fact about the mail server, not about anybody
    points = {
        "mail": Exists(mail),
        "look": Exists(changes.exclude(verb="founded the community")),
        "roster": Exists(people),
        "invited": Exists(people.active().exclude(user=person)),
    }
    points_of: Any = Community.objects.filter(pk=1).values(**points)  # unscoped: there is one, and everybody knows it
    done: dict[str, Any] | None = points_of.first()
    return done


def _checklist(done: dict[str, Any]) -> Iterator[tuple[bool, DeskCard]]:
    yield (
        done["mail"],
        DeskCard(
            _("Check the mail road"),
            _("Everything here hangs on mail that arrives: codes, invitations, conversations. Send yourself one."),
            _url("community:mail-check"),
            _("Send a test mail"),
            weight=0,
        ),
    )
    yield (
        done["look"],
        DeskCard(
            _("Give the community its name and colour"),
            _("Its purpose in a sentence, its accent colour, and from whom its mail comes."),
            _url("admin:foundation_community_changelist"),
            _("Name and colour"),
            weight=1,
        ),
    )
    yield (
        done["roster"],
        DeskCard(
            _("Bring your people"),
            _("Import the spreadsheet you have. Nobody is mailed and nobody outside sees them until you say so."),
            _url("admin:roster-upload"),
            _("Import a roster"),
            weight=2,
        ),
    )
    yield (
        done["invited"] or not done["roster"],
        DeskCard(
            _("Invite the first people"),
            _("Choose a few who will tell you honestly what is missing. Each gets a mail with the way in."),
            _url("admin:ambassadors_ambassador_changelist") + "?status__exact=listed",
            _("Choose whom to invite"),
            weight=3,
        ),
    )
