"""Whether somebody who is put forward is known here already, and who may be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower

from ambassadors.models import Ambassador, Nomination, NominationMatch, User
from ambassadors.nominations.clearing import was_declined
from ambassadors.nominations.matching import email_key, keys_of, may_be_one, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

LIVE = {"prospect", "submitted", "vetting", "slate", "approved", "not now", "declined"}


@dataclass(frozen=True)
class Known:
    """What `reader` may know of somebody they are about to put forward: ambassadors whom they can see, and their own entries."""

    ambassadors: list[Ambassador] = field(default_factory=list)
    own: list[Nomination] = field(default_factory=list)


def known_to(reader: User, name: str, email: str, except_for: int | None = None) -> Known:
    """Return what `reader` may be told before they nominate; what others put forward is never part of it."""
    people = _ambassadors_like(name, email)
    seen = Ambassador.objects.visible_to(reader).belonging().filter(pk__in=[one.pk for one in people]).select_related("user")
    own = [one for one in _nominations_like(name, email) if one.nominator_id == reader.pk and one.pk != except_for]
    return Known(list(seen), own)


def same_address(email: str) -> User | None:
    """Return the account that has this address, main or not."""
    found: User | None = User.objects.annotate(low=Lower("email")).filter(low=email.strip().lower()).first()
    if found is None:
        row = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True).select_related("user").first()
        found = row.user if row else None
    return found


def flag(nomination: Nomination) -> list[NominationMatch]:
    """Note for the leads who this may be: somebody with an account, or with another nomination. Whoever was noted before stays so."""
    people = [one.user for one in _ambassadors_like(nomination.name, nomination.email)]
    others = [one for one in _nominations_like(nomination.name, nomination.email) if one.pk != nomination.pk]
    rows = [NominationMatch(nomination=nomination, person=person) for person in people]
    rows += [NominationMatch(nomination=nomination, other=other) for other in others]
    # Two of the same person may be submitted at once: each looks after it has been written, so that at least one sees the other.
    NominationMatch.objects.bulk_create(rows, ignore_conflicts=True)
    return list(NominationMatch.objects.filter(nomination=nomination))


def is_known_as_declined(nomination: Nomination) -> bool:
    """Whether somebody of this address was declined before, even in a case that is forgotten by now. For leads."""
    return was_declined(nomination.email)


def _ambassadors_like(name: str, email: str) -> list[Ambassador]:
    """Everybody with a profile, those who left included, of this address or nearly this name."""
    key = email_key(email)
    local = key.partition("@")[0]
    near = Q(user__name__unaccent__iendswith=_last(name)) if _last(name) else Q(pk=None)
    if key:
        near |= Q(user__email__istartswith=local) | Q(user__emailaddress__email__istartswith=local)
    found = Ambassador.objects.filter(near).select_related("user").distinct()[:200]
    return [one for one in found if _is_one(name, email, one.user.name, one.user.email)]


def _nominations_like(name: str, email: str) -> list[Nomination]:
    name_, email_, _organization = keys_of(name, email, "")
    near = Q(name_key__endswith=name_.rpartition(" ")[2]) if name_ else Q(pk=None)
    if email_:
        near |= Q(email_key=email_)
    found = Nomination.objects.filter(near, status__in=LIVE, cleared_at=None).order_by("pk")[:200]
    return [one for one in found if (email_ and one.email_key == email_) or may_be_one(one.name_key, name_)]


def _is_one(name: str, email: str, other_name: str, other_email: str) -> bool:
    if email_key(email) and email_key(email) == email_key(other_email):
        return True
    return may_be_one(name_key(name), name_key(other_name))


def _last(name: str) -> str:
    return name.strip().rpartition(" ")[2]


def addresses_of(person: User) -> Iterable[str]:
    """Every verified address of a person, and the main one."""
    yield person.email
    yield from EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
