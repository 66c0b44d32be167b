"""What one digest says, read when it is sent: whatever was read, mailed, hidden, muted or closed until then is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from correspondence import preferences, waiting
from correspondence.addresses import at_our_domain, mailto
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
    read_url: str = ""
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
    addresses = _rows(reading, (item for _section, items in found for item in items[: _section.most]))
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


def _rows(reading: Reading, items: Iterable[Item]) -> dict[Target, ReplyAddress]:
    """What the addresses in the mail are derived from: one query."""
    wanted = {target for item in items for target in (item.answer, item.alone, item.talk) if target}
    return ReplyAddress.objects.of_each(reading.person, wanted)


def _part(section: Section, items: list[Item], rows: dict[Target, ReplyAddress]) -> Part:
    shown = tuple(_told(item, rows) for item in items[: section.most])
    return Part(section.title, shown, len(items) - len(shown), settings.SITE_URL + section.url if section.url else "")


def _told(item: Item, rows: dict[Target, ReplyAddress]) -> Told:
    return Told(
        item,
        settings.SITE_URL + item.url,
        answer_url=_mailto(rows, item.answer, subject=f"Re: {item.title}"),
        alone_url=_mailto(rows, item.alone, subject=f"Re: {item.title}"),
        read_url=_mailto(rows, item.talk, "read", subject=_("Read: %(name)s") % {"name": item.title}),
        mute_url=_mailto(rows, item.talk, "mute", subject=_("Mute: %(name)s") % {"name": item.title}),
    )


def _mailto(rows: dict[Target, ReplyAddress], target: Target | None, act: str = "", *, subject: str) -> str:
    """A link that opens a mail with its subject: an answer with any other is held until its writer says that it belongs there."""
    if target is None:
        return ""
    return mailto(at_our_domain(rows[target].as_address(act or target.prefix)), subject=subject)
