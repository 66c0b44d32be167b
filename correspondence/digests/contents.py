"""What one digest says, read when it is sent: whatever was read, mailed, hidden, muted or closed until then is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from correspondence import preferences, waiting
from correspondence.addresses import at_our_domain
from correspondence.digests.sections import Item, Reading, Section, Target, sections
from correspondence.models import ReplyAddress

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail


@dataclass(frozen=True)
class Told:
    """One item with the addresses that were made for its reader."""

    item: Item
    url: str
    answer_url: str = ""
    alone_url: str = ""
    mute_url: str = ""


@dataclass(frozen=True)
class Part:
    """One section as it is shown: its first items, and how many more there are."""

    title: StrPromise | str
    told: tuple[Told, ...]
    more: int = 0
    url: str = ""


@dataclass(frozen=True)
class Contents:
    """All of one digest."""

    parts: tuple[Part, ...]
    waited: tuple[waiting.Line, ...]

    @property
    def number(self) -> int:
        """How many things it tells."""
        return sum(len(part.told) + part.more for part in self.parts) + len(self.waited)

    @property
    def first(self) -> str:
        """What its subject begins with."""
        return self.parts[0].told[0].item.title if self.parts else self.waited[0].subject


def has_something(mail: OutgoingMail) -> bool:
    """Asked just before it is sent; an empty digest is not sent. What was read here is what `context_of` shows."""
    mail.contents = read(mail)
    return mail.contents.number > 0


def context_of(mail: OutgoingMail) -> dict[str, Any]:
    """What the templates use."""
    contents = getattr(mail, "contents", None) or read(mail)
    return {
        "contents": contents,
        "others": contents.number - 1,
        "choice_url": settings.SITE_URL + reverse("correspondence:digest-edit"),
    }


def read(mail: OutgoingMail) -> Contents:
    """Read all sections for the reader of one mail. It costs five queries at most, and those of the lines of what waited, if anything did."""
    person = mail.person
    if person is None or "until" not in mail.about:
        return Contents((), ())
    reading = Reading(
        person,
        since=datetime.fromisoformat(mail.about["since"]),
        until=datetime.fromisoformat(mail.about["until"]),
        amount=mail.about["amount"],
        mail=mail,
        off=frozenset(preferences.switched_off(person)),
    )
    found = list(_found(reading))
    addresses = _addresses(reading, (item for _section, items in found for item in items[: _section.most]))
    waited = tuple(_waited(mail)) if mail.about.get("waits") else ()
    return Contents(tuple(_part(section, items, addresses) for section, items in found), waited)


def _found(reading: Reading) -> Iterator[tuple[Section, list[Item]]]:
    for section in sorted(sections, key=lambda one: one.weight):
        items = list(section.items(reading)) if section.kind not in reading.off else []
        if items:
            yield section, items


def _waited(mail: OutgoingMail) -> Iterator[waiting.Line]:
    """What was over the day's limit, without what nobody wants to hear any more."""
    if waiting.drop_unwanted(mail):
        yield from waiting.lines_of(mail)


def _addresses(reading: Reading, items: Iterable[Item]) -> dict[Target, str]:
    wanted = {target for item in items for target in (item.answer, item.alone, item.mute) if target}
    made = ReplyAddress.objects.of_each(reading.person, wanted)
    return {target: at_our_domain(address.local_part) for target, address in made.items()}


def _part(section: Section, items: list[Item], addresses: dict[Target, str]) -> Part:
    shown = tuple(_told(item, addresses) for item in items[: section.most])
    return Part(section.title, shown, len(items) - len(shown), settings.SITE_URL + section.url if section.url else "")


def _told(item: Item, addresses: dict[Target, str]) -> Told:
    return Told(
        item,
        settings.SITE_URL + item.url,
        answer_url=_mailto(item, addresses.get(item.answer) if item.answer else None),
        alone_url=_mailto(item, addresses.get(item.alone) if item.alone else None),
        mute_url=_mailto(item, addresses[item.mute]) if item.mute else settings.SITE_URL + item.mute_url if item.mute_url else "",
    )


def _mailto(item: Item, address: str | None) -> str:
    """A link that opens an answer with its subject: a mail with any other is held until its writer says that it belongs there."""
    return f"mailto:{address}?subject={quote('Re: ' + item.title)}" if address else ""
