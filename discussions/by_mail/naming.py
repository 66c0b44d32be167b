"""Whom a mail is for: the names after "To:" in its first lines or in its subject, and whom each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from ambassadors.picking import Offer as PersonOffer
from ambassadors.picking import offered_of, people_near
from correspondence.addresses import Letter
from correspondence.inbound.guide import Offer
from discussions.by_mail.addresses import PRIVATE, address, of_oneself
from discussions.threads.people import can_be_written_to

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, User

TO = re.compile(r"^\s*(?:to|for|an|für|à|a|pour|para|aan|voor|till|til|per|致|宛先)\s*[::]\s*(.*)$", re.IGNORECASE)
BETWEEN = re.compile(r"[,;]|\s(?:and|und|et|y|e|en|och|og|&)\s", re.IGNORECASE)
IN_ANGLES = re.compile(r"<[^<>]*>")
PROFILE = re.compile(r"/ambassadors/([-\w]+)")
LONGEST_NAME = 120
LONGEST_LINK = 1500  # letters of the words that go into a link; mail programs cut longer ones
CANDIDATES = 6


@dataclass(frozen=True)
class Addressed:
    """A mail taken apart: whom it names, what it is about, and its words without the lines that name."""

    names: tuple[str, ...]
    subject: str
    words: str


class Meant(NamedTuple):
    """Whom a name means; else why nobody, and whom it could mean."""

    name: str
    person: User | None = None
    why: str = ""
    could_be: tuple[Ambassador, ...] = ()


def addressed(subject: str, words: str) -> Addressed:
    """Take the names from the first lines, else from a subject that begins so, which then says nothing else."""
    lines = words.strip().splitlines()
    named: list[str] = []
    while lines and (found := TO.match(lines[0])):
        named.append(found[1])
        lines = lines[1:]
    if not named and (found := TO.match(subject)):
        return Addressed(_names([found[1]]), "", words)
    return Addressed(_names(named), "" if TO.match(subject) else subject, "\n".join(lines).strip())


def _names(lines: list[str]) -> tuple[str, ...]:
    parts = [part for line in lines for part in BETWEEN.split(line)]
    tidy = [" ".join(IN_ANGLES.sub("", part).split()).strip(" .\"'*")[:LONGEST_NAME] or part.strip(" <>") for part in parts]
    return tuple(dict.fromkeys(name for name in tidy if name))


def meant(reader: User, name: str) -> Meant:
    """The one member of this name, profile or, where nobody else is called so, first name, among those whom the reader finds."""
    known = can_be_written_to(reader)
    found = PROFILE.search(name)
    slug = found[1] if found else name
    exact = list(known.filter(user__name__iexact=name)[:CANDIDATES]) or list(known.filter(slug__iexact=slug)[:1])
    fitting = exact or list(known.filter(user__name__istartswith=f"{name} ")[:CANDIDATES])
    if len(fitting) == 1:
        return Meant(name, fitting[0].user)
    if fitting:
        return Meant(name, why=_("Several people are called %(name)s.") % {"name": name}, could_be=tuple(fitting))
    if "@" in name:
        return Meant(name, why=_("People are found by their names here, not by their addresses: who is %(name)s?") % {"name": name})
    near = tuple(one for one in people_near(reader, name) if one.user != reader)
    return Meant(name, why=_("We found nobody called %(name)s.") % {"name": name}, could_be=near)


def offers(reader: User, mail: Addressed) -> list[Offer]:
    """For the first name that is unclear, each who could be meant: with a link that begins the same mail with them."""
    unclear = next((one for one in (meant(reader, name) for name in mail.names) if one.person is None), None)
    if unclear is None:
        return []
    where = address(of_oneself(reader), PRIVATE)
    return [_offer(where, mail, unclear.name, one) for one in offered_of(reader, unclear.could_be)]


def _offer(where: str, mail: Addressed, unclear: str, one: PersonOffer) -> Offer:
    names = ", ".join(one["write"] if name == unclear else name for name in mail.names)
    begun = f"{_('To:')} {names}\n\n{mail.words if len(mail.words) <= LONGEST_LINK else ''}"
    called = f"{one['name']} ({one['note']})" if one["note"] else one["name"]
    return Offer(_("For %(name)s") % {"name": called}, Letter(where, mail.subject, begun))
