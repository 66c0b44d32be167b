"""Naming people in a form, by their full names or the last part of their profiles' addresses. A script offers names while one types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Script
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Ambassador
from ambassadors.names import sort_key
from ambassadors.privacy import PersonRow, cards_for
from foundation.search import entries_typed, targets, words_of

if TYPE_CHECKING:
    from ambassadors.models import User
    from ambassadors.privacy import ProfileCard
    from ambassadors.querysets import AmbassadorQuerySet

OFFERED = 8
NEAR = 3
LEAST = 2  # letters, before anybody is offered
LONGEST = 60
BETWEEN = re.compile(r"[,;\n]")


class Offer(TypedDict):
    """Somebody to choose: what is shown, and what is written into the field, which `person_named` understands."""

    name: str
    note: str
    write: str


def can_be_named(reader: User) -> AmbassadorQuerySet:
    """Active members whom the reader finds, themselves among them."""
    found: AmbassadorQuerySet = Ambassador.objects.visible_to(reader).active().filter(user__is_active=True)
    return found.select_related("user")


def people_offered(reader: User, typed: str) -> list[Offer]:
    """Return a few others to choose from: first those who are called so, then those with these words in what the reader may read of them."""
    words = words_of(typed[:LONGEST].replace("\0", ""))
    if sum(map(len, words)) < LEAST:
        return []
    known = can_be_named(reader).exclude(user=reader)
    found = _cards(reader, known.filter(pk__in=targets(entries_typed(reader, "person", words, "A"))), OFFERED)
    if len(found) < OFFERED:
        beside = known.filter(pk__in=targets(entries_typed(reader, "person", words))).exclude(pk__in=[card.pk for card in found])
        found += _cards(reader, beside, OFFERED - len(found))
    return _offers(reader, found)


def _cards(reader: User, people: AmbassadorQuerySet, most: int) -> list[ProfileCard]:
    rows = [PersonRow.of(row) for row in people.by_name().as_rows()[:most]]
    return list(cards_for(reader, rows))


def _offers(reader: User, cards: list[ProfileCard]) -> list[Offer]:
    """Where several are called so, or the name would read as two, the address of the profile says who is meant."""
    names = [sort_key(card.name) for card in cards]
    called = (
        Counter(can_be_named(reader).filter(user__sort_name__in=names).values_list("user__sort_name", flat=True)) if names else {}
    )
    return [
        Offer(
            name=card.name,
            note=" · ".join(part for part in (card.organization, card.place) if part),
            write=card.slug if called[name] > 1 or BETWEEN.search(card.name) else card.name,
        )
        for card, name in zip(cards, names, strict=True)
    ]


def offered_among(people: QuerySet[User], typed: str) -> list[Offer]:
    """Return a few of `people`, whom the reader knows of, to choose from: those of whose name a word begins so."""
    key = sort_key(typed[:LONGEST].replace("\0", ""))
    if len(key) < LEAST:
        return []
    called = people.filter(Q(sort_name__startswith=key) | Q(sort_name__contains=f" {key}"))
    found = called.select_related("ambassador").order_by("sort_name", "pk")[:OFFERED]
    return [Offer(name=one.name, note="", write=_written_among(people, one)) for one in found]


def _written_among(people: QuerySet[User], person: User) -> str:
    own = getattr(person, "ambassador", None)
    if own is None or people.filter(sort_name=person.sort_name).count() == 1:
        return person.name
    return str(own.slug)


def written_for(reader: User, person: Ambassador) -> str:
    """Return what stands in a field for somebody who is chosen already."""
    is_plain = (
        not BETWEEN.search(person.user.name) and can_be_named(reader).filter(user__name__iexact=person.user.name).count() == 1
    )
    return person.user.name if is_plain else person.slug


def people_named(reader: User, text: str) -> list[User]:
    """Return whom a line of full names means, each once; raises ValidationError as `person_named` does."""
    names = [name for part in BETWEEN.split(text.replace("\0", "")) if (name := " ".join(part.split()))]
    return list(dict.fromkeys(person_named(reader, name) for name in names))


def person_named(reader: User, text: str) -> User:
    """Return whom a full name means. ValidationError names what it does not understand, and whom it could mean."""
    name, known = _tidy(text), can_be_named(reader)
    found = [one.user for one in known.filter(Q(user__name__iexact=name) | Q(slug=name))[:2]]
    return _the_one(found, name) or _unknown(name, [one.user.name for one in _near(known, reader, name[:100])])


def people_near(reader: User, text: str) -> list[Ambassador]:
    """A few whom a name that is nobody's could mean, as far as the reader may know of them."""
    return _near(can_be_named(reader), reader, _tidy(text)[:100])


def offered_of(reader: User, people: Iterable[Ambassador]) -> list[Offer]:
    """Offer these people, whom the reader can name, with what the reader may know of them."""
    chosen = can_be_named(reader).filter(pk__in=[one.pk for one in people])
    return _offers(reader, _cards(reader, chosen, OFFERED))


def person_among(people: QuerySet[User], text: str) -> User:
    """The same of one of `people`, all of whom the reader knows of."""
    name = _tidy(text)
    found = list(people.filter(Q(name__iexact=name) | Q(ambassador__slug=name)).order_by("pk")[:2])
    return _the_one(found, name) or _unknown(name, [offer["name"] for offer in offered_among(people, name)[:NEAR]])


def _tidy(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _the_one(found: list[User], name: str) -> User | None:
    if len(found) < 2:
        return found[0] if found else None
    said = _(
        "There are several people called %(name)s. Write the last part of the address of their profile instead, as in “ana-silva-2”."
    )
    raise ValidationError(said % {"name": name})


def _unknown(name: str, near: list[str]) -> NoReturn:
    said = _("We found nobody called %(name)s.") % {"name": name}
    raise ValidationError(said + (" " + _("Did you mean: %s?") % ", ".join(near) if near else ""))


def _near(known: AmbassadorQuerySet, reader: User, name: str) -> list[Ambassador]:
    """Nearly so spelt; else those of whom only a part of the name was given."""
    near = list(known.nearly_called(name, reader)[:NEAR])
    if near or not (words := words_of(name)):
        return near
    return list(known.filter(pk__in=targets(entries_typed(reader, "person", words, "A"))).by_name()[:NEAR])


class PeopleInput(forms.TextInput):
    """Where one names somebody, or `several` with commas between them. Without script it is a line of text."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, several: bool = False) -> None:
        offering = {"data-people-url": reverse_lazy("ambassadors:person-list"), "autocomplete": "off", "spellcheck": "false"}
        how = {"data-people": "several" if several else "one", "data-people-found": gettext_lazy("People to choose from:")}
        super().__init__({**offering, **how, **(attrs or {})})

    class Media:
        js = (Script("js/people_field.js", defer=True),)


class PersonField(forms.CharField):
    """One ambassador whom the `reader` can name; gives the account, or None where it may be empty. The form says whose reader it is.

    Where it must be one of some people, the form says of whom: `among`.
    """

    widget = PeopleInput
    reader: User | None = None
    among: QuerySet[User] | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 120, **options})

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if name and self.among is not None:
            return person_among(self.among, name)
        return person_named(self.reader, name) if name and self.reader is not None else None


class PeopleField(forms.CharField):
    """Several of them, at most `most`; gives the accounts. `too_many` is said when there are more."""

    reader: User | None = None

    def __init__(self, *, most: int, too_many: Any, **options: Any) -> None:
        self.most, self.too_many = most, too_many
        super().__init__(**{"max_length": 600, "widget": PeopleInput(several=True), **options})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if sum(1 for part in BETWEEN.split(text) if part.strip()) > self.most:
            raise ValidationError(self.too_many)
        return people_named(self.reader, text) if self.reader is not None else []
