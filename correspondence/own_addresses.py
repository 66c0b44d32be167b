"""The secret addresses that somebody keeps: each app says which there are, the person sees them together, and can have new ones.

Those of single conversations and posts stand in their mails, and are not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.functions import RandomUUID
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Replace

from correspondence.addresses import at_our_domain
from correspondence.digests.sections import Target
from correspondence.models import ReplyAddress
from correspondence.models.outgoing import new_nonce
from foundation.registry import Registry
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User


@dataclass(frozen=True)
class Act:
    """One thing that is done by writing to an address: in the words of a list, and in the short ones of an address book."""

    prefix: str
    text: str
    name: str


@dataclass(frozen=True)
class Keepable:
    """What somebody may have a row of addresses for, and what they do with each."""

    target: Target
    acts: tuple[Act, ...]


# Each says what of its own the person can have addresses for now.
own_addresses: Registry[Callable[[User], Iterable[Keepable]]] = Registry("secret addresses")


@dataclass(frozen=True)
class Kept:
    """An act with its address."""

    act: Act
    address: str


@dataclass(frozen=True)
class Entry:
    """The addresses of one row, which are made anew together."""

    pk: int
    kept: tuple[Kept, ...]

    @property
    def name(self) -> str:
        """What they are for, in few words."""
        return " · ".join(one.act.name for one in self.kept)


def keepable_by(person: User) -> list[Keepable]:
    """All that they can have addresses for."""
    return [one for of in own_addresses for one in of(person)]


def entries_of(person: User, keepable: Iterable[Keepable]) -> list[Entry]:
    """The addresses that they have: one query, and none is made by looking."""
    wanted = {one.target: one for one in keepable}
    return [_entry(row, wanted[target]) for target, row in ReplyAddress.objects.there_for(person, wanted).items()]


def make_all(person: User) -> int:
    """Make those that are missing; return how many there are."""
    return len(ReplyAddress.objects.of_each(person, [one.target for one in keepable_by(person)]))


def _entry(row: ReplyAddress, one: Keepable) -> Entry:
    return Entry(row.pk, tuple(Kept(act, at_our_domain(row.as_address(act.prefix))) for act in one.acts))


def renew(address: ReplyAddress) -> None:
    """Let the addresses of one row lead nowhere from now on, and give it others."""
    ReplyAddress.objects.filter(pk=address.pk).update(nonce=new_nonce())
    record("took a new secret address", address.person, by=address.person, about=address.person)


def renew_all(person: User) -> int:
    """The same for everything that the person has an address for, those of conversations and posts too; return how many rows."""
    # In one statement, however many there are: the database makes up each nonce, and the key that makes tokens of them is not there.
    fresh = Replace(Cast(RandomUUID(), CharField()), Value("-"), Value(""))
    renewed = ReplyAddress.objects.filter(person=person).update(nonce=fresh)
    record("took new secret addresses", person, by=person, about=person)
    return renewed
