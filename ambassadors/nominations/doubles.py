"""Whether somebody who is put forward is known here already, and who may be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Q

from ambassadors.models import Ambassador, Nomination, NominationMatch, User
from ambassadors.nominations.clearing import was_declined
from ambassadors.nominations.matching import (
    DOTLESS,
    email_key,
    keys_of,
    may_be_colleague,
    may_be_one,
    name_key,
    organization_key,
    telling_word,
)
from foundation.owners import account_at

if TYPE_CHECKING:
    from collections.abc import Iterable

LIVE = {"prospect", "submitted", "vetting", "slate", "approved", "not now", "declined"}
LOOKED_AT = 2000  # people of one last name


@dataclass(frozen=True)
class Known:
    """What `reader` may know of somebody they are about to put forward: ambassadors whom they can see, and their own entries."""

    ambassadors: list[Ambassador] = field(default_factory=list)
    own: list[Nomination] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ambassadors or self.own)


def known_to(reader: User, name: str, email: str, organization: str = "", except_for: int | None = None) -> Known:
    """Return what `reader` may be told before they nominate; what others put forward is never part of it.

    An ambassador is told by name or main address. That a further address is theirs, or that they work somewhere, is not told this way.
    """
    people = [one.pk for one in _accounts_near(name, email) if _is_told_by(one, name, email) and one.pk != reader.pk]
    seen = Ambassador.objects.visible_to(reader).belonging().filter(user__in=people).select_related("user")
    own = Nomination.objects.own(reader).filter(status__in={*LIVE, "draft"}).exclude(pk=except_for or 0)
    return Known(list(seen.by_name()), _nominations_like(own, name, email, organization))


def same_address(email: str) -> User | None:
    """Return the account that has this address, main or not."""
    found: User | None = User.objects.filter(email__iexact=email.strip()).first()
    return found or account_at(email)


def flag(nomination: Nomination) -> list[NominationMatch]:
    """Note for the leads who this may be: somebody with an account, or with another nomination. Whoever was noted before stays so."""
    # Two nominations of one person may come in at once. Whoever has written its row waits here until the other one is committed, so
    # that at least the second sees the first.
    _pass_one_by_one()
    words = (nomination.name, nomination.email, nomination.organization)
    others = _nominations_like(Nomination.objects.filter(status__in=LIVE, cleared_at=None).exclude(pk=nomination.pk), *words)
    rows = [NominationMatch(nomination=nomination, person=person) for person in _accounts_like(*words)]
    rows += [NominationMatch(nomination=nomination, other=other) for other in others]
    NominationMatch.objects.bulk_create(rows, ignore_conflicts=True)
    return list(NominationMatch.objects.filter(nomination=nomination))


def _pass_one_by_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('nominations that may be doubles', 0))")


def is_known_as_declined(nomination: Nomination) -> bool:
    """Whether somebody of this address was declined before, even in a case that is forgotten by now. For leads."""
    return was_declined(nomination.email)


def is_own_address(person: User, email: str) -> bool:
    """Whether this is one of the person's own addresses."""
    key = email_key(email)
    return bool(key) and key in {email_key(own) for own in addresses_of(person)}


def _is_told_by(person: User, name: str, email: str) -> bool:
    same_mailbox = bool(email_key(email)) and email_key(email) == email_key(person.email)
    return same_mailbox or may_be_one(name_key(name), name_key(person.name))


def _accounts_like(name: str, email: str, organization: str) -> list[User]:
    """Everybody with an account, those who left included, of this address or nearly this name."""
    found = _accounts_near(name, email)
    addresses = EmailAddress.objects.filter(user__in=found, verified=True).values_list("user", "email")
    by_address = {user for user, address in addresses if email_key(email) and email_key(address) == email_key(email)}
    return [one for one in found if one.pk in by_address or _is_told_by(one, name, email) or _works_there(one, name, organization)]


def _works_there(person: User, name: str, organization: str) -> bool:
    own: Ambassador | None = getattr(person, "ambassador", None)
    where = own.organization.name if own and own.organization else ""
    same_place = bool(where) and organization_key(where) == organization_key(organization)
    return same_place and may_be_colleague(name_key(name), name_key(person.name))


def _accounts_near(name: str, email: str) -> list[User]:
    """Those among whom to look: more than are meant, in one query."""
    words = {telling_word(name_key(name)), telling_word(name)} - {""}
    near = Q(pk=None)
    for word in words:
        near |= Q(name__unaccent__icontains=word)
    if key := email_key(email):
        near |= _address_begins(key, "email")
        near |= Q(pk__in=EmailAddress.objects.filter(_address_begins(key, "email"), verified=True).values("user"))
    people = User.objects.filter(near).select_related("ambassador__organization").order_by("pk")
    return list(people[:LOOKED_AT])


def _address_begins(key: str, column: str) -> Q:
    local, _at, domain = key.rpartition("@")
    begin = local[:1] if domain in DOTLESS else local
    return Q(**{f"{column}__istartswith": begin, f"{column}__icontains": "mail.com" if domain in DOTLESS else f"@{domain}"})


def _nominations_like(among: object, name: str, email: str, organization: str) -> list[Nomination]:
    name_, email_, organization_ = keys_of(name, email, organization)
    near = Q(name_key__contains=telling_word(name_)) if name_ else Q(pk=None)
    if email_:
        near |= Q(email_key=email_)
    found: Iterable[Nomination] = among.filter(near).order_by("pk")[:LOOKED_AT]  # type: ignore[attr-defined]
    return [one for one in found if _is_like(one, name_, email_, organization_)]


def _is_like(one: Nomination, name: str, email: str, organization: str) -> bool:
    if email and one.email_key == email:
        return True
    same_place = bool(organization) and one.organization_key == organization
    return may_be_one(one.name_key, name) or (same_place and may_be_colleague(one.name_key, name))


def addresses_of(person: User) -> Iterable[str]:
    """Every verified address of a person, and the main one."""
    yield person.email
    yield from EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
