"""What changes when somebody says which mail they want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from correspondence.kinds import Kind, kinds
from correspondence.models import MailPreference, OutgoingMail

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


def offered() -> list[Kind]:
    """The kinds of mail that one may switch off, by what they are called."""
    return sorted((kind for kind in kinds if kind.optional), key=lambda kind: str(kind.label).lower())


def grouped() -> list[tuple[str, list[Kind]]]:
    """The same in groups, each under the name of the part of the site that sends them; the largest first."""
    groups: dict[str, list[Kind]] = {}
    for kind in offered():
        part = apps.get_containing_app_config(kind.context.__module__)
        groups.setdefault(str(part.verbose_name) if part else "", []).append(kind)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def switched_off(person: User) -> set[str]:
    """The kinds that this person does not want."""
    return set(MailPreference.objects.owned_by(person, "").filter(wanted=False).values_list("kind", flat=True))


def wants(person: User, kind: str) -> bool:
    """Whether this person has not switched off that kind of mail."""
    return MailPreference.objects.wants(kind, person, "")


def who_switched_off(kind: str) -> QuerySet[Any, Any]:
    """The keys of all people who do not want that kind of mail."""
    refused: QuerySet[Any, Any] = MailPreference.objects.filter(kind=kind, wanted=False, person__isnull=False).values("person")
    return refused


def choose(person: User, kind: str, *, wanted: bool) -> None:
    """Switch one kind on or off for a person."""
    MailPreference.objects.say(kind, person=person, address="", wanted=wanted)


def choose_headlines(person: User, *, only: bool) -> None:
    """Let mail about conversations bring their words to a person, or only who wrote and about what."""
    type(person).objects.filter(pk=person.pk).update(headlines_only=only)
    person.headlines_only = only


def kind_of(mail: OutgoingMail) -> Kind:
    """The kind of one mail."""
    return kinds[mail.kind]


def can_be_switched_off(mail: OutgoingMail) -> bool:
    """Whether its recipient may say no to this kind of mail."""
    return mail.kind in kinds and kinds[mail.kind].optional


def unsubscribe(mail: OutgoingMail) -> MailPreference:
    """Send no more mail of this kind to its recipient, and nothing else. Saying so twice is the same as once."""
    return MailPreference.objects.say(mail.kind, person=mail.person, address=mail.address, wanted=False)
