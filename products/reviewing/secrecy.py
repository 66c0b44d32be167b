"""How each is called to whoever reads, in a round of review. Every page, mail, file name and list that names somebody asks here.

A `Reader` is what somebody is to an edition; `Naming` says of the people of one round how that reader gets to call them: by their name, or as
“Reviewer 2” and “the authors”. The rule of who may know whom is `knows_authors` and `knows_reviewer`, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.models import SpaceRole
from foundation.secret_names import held_in
from products import rules
from products.models import Credit, Edition, Review, ReviewRound

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

SHOWN_TO_ALL = frozenset({"community review", "approved", "published", "retired"})  # states in which members read who wrote
FEW = 3  # with fewer reviewers each of them is easily guessed


class Standing(Enum):
    """What somebody is to an edition."""

    EDITOR = "editor"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    VISITOR = "visitor"


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, as what, and who they are: one's own name is no secret."""

    standing: Standing
    person: int | None = None


@dataclass(frozen=True)
class Called:
    """A person as a reader gets to know them. Nobody leads from a `hidden` one to anything: no face, no profile."""

    name: str
    is_hidden: bool = False

    def __str__(self) -> str:
        return self.name


VISITOR = Reader(Standing.VISITOR)


def reader_of(user: User | AnonymousUser, edition: Edition) -> Reader:
    """Return what somebody is to an edition. Whoever writes it is its author, whatever else they are."""
    if not user.is_authenticated:
        return VISITOR
    if rules.is_author(user, edition.product):
        return Reader(Standing.AUTHOR, user.pk)
    if rules.may_decide(user, edition):
        return Reader(Standing.EDITOR, user.pk)
    if rules.roles_of(user, edition.product):
        return Reader(Standing.AUTHOR, user.pk)
    is_asked = Review.objects.of(user).filter(round__edition=edition).exists()
    return Reader(Standing.REVIEWER if is_asked else Standing.VISITOR, user.pk)


def reviewer(review: Review) -> Reader:
    """Whoever reads as the reviewer of one review: on its page, through its link, and in the mails about it."""
    return Reader(Standing.REVIEWER, review.reviewer_id)


def knows_authors(reader: Reader, held: ReviewRound) -> bool:
    """Whether a reader may know who wrote: in a round that hides it, reviewers do when every member does."""
    if reader.standing in {Standing.EDITOR, Standing.AUTHOR} or not held.hides_authors:
        return reader.standing is not Standing.VISITOR or held.edition.status in SHOWN_TO_ALL
    return held.edition.status in SHOWN_TO_ALL


def knows_reviewer(reader: Reader, review: Review, held: ReviewRound) -> bool:
    """Whether a reader may know whose review it is: what the round does not hide, the reviewer decides."""
    if reader.standing is Standing.EDITOR or (reader.person is not None and reader.person == review.reviewer_id):
        return True
    if held.is_anonymous or review.status != Review.Status.SUBMITTED:
        return False
    if reader.standing is Standing.AUTHOR:
        return review.openness in {Review.Openness.AUTHORS, Review.Openness.PUBLIC} and held.closed_at is not None
    is_out = held.edition.status in SHOWN_TO_ALL
    return review.openness == Review.Openness.PUBLIC and (is_out or reader.standing is Standing.REVIEWER)


class Naming:
    """The people of one round, as one reader gets to call them. Two queries, however many there are."""

    def __init__(self, held: ReviewRound, reader: Reader) -> None:
        self.round, self.reader = held, reader

    def reviewer(self, review: Review) -> Called:
        """The one whose review it is: by name, or by their place in the round."""
        if self.reader.person is not None and self.reader.person == review.reviewer_id:
            return Called(_("You"))
        if knows_reviewer(self.reader, review, self.round):
            return _named(review.reviewer)
        return Called(_("Reviewer %(number)s") % {"number": self.number(review)}, is_hidden=True)

    def number(self, review: Review) -> int:
        """The place of a review among those of its round, by which it is called."""
        return self._places.index(review.pk) + 1

    @property
    def authors(self) -> Called:
        """All who write, in one."""
        if not knows_authors(self.reader, self.round):
            return Called(self.nameless_authors, is_hidden=True)
        names = [str(credit.person or _("a former member")) for credit in self._authors]
        return Called(", ".join(names) or self.nameless_authors)

    @property
    def nameless_authors(self) -> str:
        """All who write, where their names are not to be known: nor how many they are."""
        return _("the authors")

    def one_author(self, person: User | None) -> Called:
        """One of those who write."""
        if not knows_authors(self.reader, self.round):
            return Called(self.nameless_authors, is_hidden=True)
        return Called(_("You")) if person and person.pk == self.reader.person else _named(person)

    def person(self, person: User | None) -> Called:
        """Somebody in a history, a list of revisions, a decision: whatever they are in this round."""
        if person is None:
            return Called(_("a former member"))
        own = next((one for one in self._reviews if one.reviewer_id == person.pk), None)
        if own is not None:
            return self.reviewer(own)
        return self.one_author(person) if person.pk in self._makers else _named(person)

    @cached_property
    def _reviews(self) -> list[Review]:
        rows = Review.objects.filter(round=self.round).select_related("reviewer")  # unscoped: names are given out one by one, above
        return list(rows.order_by("pk"))

    @cached_property
    def _places(self) -> list[int]:
        return [one.pk for one in self._reviews]

    @cached_property
    def _authors(self) -> list[Credit]:
        return list(authors_of(self.round.edition))

    @cached_property
    def _makers(self) -> set[int]:
        edition = self.round.edition
        makers = {credit.person_id for credit in self._authors if credit.person_id}
        return makers | set(SpaceRole.objects.filter(space=edition.product.space_id).values_list("person", flat=True))


def authors_of(edition: Edition) -> list[Credit]:
    """Whoever writes an edition, in their order."""
    rows = Credit.objects.authors().filter(product=edition.product_id)  # unscoped: `Naming` gives names out
    return list(rows.select_related("person").order_by("position", "pk"))


def hidden_from(reader: Reader, held: ReviewRound) -> list[str]:
    """The names, and the addresses, that a reader of this round is not to know: for looking through what they are about to be told."""
    people = [] if knows_authors(reader, held) else [credit.person for credit in authors_of(held.edition)]
    reviews = Review.objects.filter(round=held, reviewer__isnull=False).select_related(
        "reviewer"
    )  # unscoped: it is a list of secrets
    people += [one.reviewer for one in reviews if not knows_reviewer(reader, one, held)]
    return names_of([person for person in people if person is not None])


def names_of(people: list[User]) -> list[str]:
    """All by which these people can be recognised: their names, and the addresses of their mail."""
    addresses = EmailAddress.objects.filter(user__in=people).values_list("email", flat=True)
    return list(dict.fromkeys([*(person.name for person in people), *(person.shown_name for person in people), *addresses]))


def slips(words: str, reader: Reader, held: ReviewRound) -> list[str]:
    """Return the names in `words` that this reader is not to know: whoever is about to send them is asked to leave them out."""
    return held_in(words, hidden_from(reader, held))


def refuse_names(note: str, held: ReviewRound) -> None:
    """Raise ValidationError when a note to the reviewers of a round holds the name of an author whom they are not to know."""
    named = slips(note, Reader(Standing.REVIEWER), held)
    if named:
        sentence = _("Reviewers of this round are not to read this name: %(names)s. Say it without.")
        raise ValidationError({"note": sentence % {"names": ", ".join(named)}})


def doubts_about(held: ReviewRound, *, asked: int) -> list[str]:
    """What speaks against the secrecy of a round, in sentences for the editor who runs it. `asked` are its reviewers."""
    return [*_few(held, asked), *_known_authors(held)]


def _few(held: ReviewRound, asked: int) -> list[str]:
    if not held.is_anonymous or asked >= FEW:
        return []
    text = ngettext(
        "With %(asked)s reviewer the authors will guess who it is. Ask more, or say to the reviewer that it is not really anonymous.",
        "With %(asked)s reviewers the authors will guess who said what. Ask more, or say to the reviewers that it is not really anonymous.",
        asked,
    )
    return [text % {"asked": asked}]


def _known_authors(held: ReviewRound) -> list[str]:
    product = held.edition.product
    if not held.hides_authors:
        return []
    found = []
    if product.current_id is not None:
        found.append(_("An earlier edition is public: reviewers can read there who wrote it."))
    if product.announced_at is not None:
        found.append(_("It has been announced: reviewers may know from there who writes it."))
    if product.space_id is not None:
        found.append(_("It is written in a space: whoever is in it knows who writes. Ask people from elsewhere."))
    if ReviewRound.objects.filter(edition=held.edition, hides_authors=False).exists():  # unscoped: yes or no
        found.append(_("An earlier round was open: whoever reviewed in it knows who wrote it. Ask other people."))
    if not held.edition.is_nameless:
        found.append(_("Its authors have not said that they looked for names in it."))
    return found


def _named(person: User | None) -> Called:
    if person is None:
        return Called(_("a former member"))
    return Called(person.shown_name)
