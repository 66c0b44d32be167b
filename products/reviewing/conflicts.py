"""What speaks against asking somebody for a review, and who cannot be asked at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.asks import times_asked
from ambassadors.models import Ambassador
from discussions.models import Block
from foundation.audiences import reached_by
from foundation.models import Community
from products.models import Credit, ReviewRound

if TYPE_CHECKING:
    from ambassadors.models import User

LATELY = timedelta(days=730)  # whoever wrote with an author within it is no stranger to them


def may_be_asked(opened: ReviewRound, person: User, *, by: User) -> list[str]:
    """Return what speaks against asking this person, in words that name nobody; raise ValidationError where they cannot be asked.

    Who takes no messages from whom is told to nobody: such a person "cannot be asked", as one who writes it cannot.
    """
    authors = authors_of(opened)
    apart = Block.objects.between(person, authors).exists()  # unscoped: it is asked for, and not shown
    if not person.is_member or person.pk in authors or apart:
        raise ValidationError({"person": _("%(name)s cannot be asked about this one.") % {"name": person}})
    return [*_interests(person, authors, by), *_room(person)]


def authors_of(opened: ReviewRound) -> set[int]:
    """The keys of those who write it, whether or not they have agreed to be named."""
    rows = Credit.objects.authors().filter(product=opened.edition.product_id, person__isnull=False)
    return set(rows.values_list("person", flat=True))


def colleagues_of(authors: set[int], by: User) -> set[int]:
    """Those who work where an author works, as far as both let `by` know where."""
    said = Ambassador.objects.filter(organization__isnull=False, organization_audience__in=reached_by(by))
    places = said.filter(user__in=authors).values("organization")
    return set(said.filter(organization__in=places).values_list("user", flat=True)) - authors


def co_authors_of(authors: set[int]) -> set[int]:
    """Those who wrote something with an author of late."""
    lately = Credit.objects.authors().filter(person__in=authors, added_at__gt=timezone.now() - LATELY).values("product")
    together = Credit.objects.authors().filter(product__in=lately, person__isnull=False)
    return set(together.values_list("person", flat=True)) - authors


def _interests(person: User, authors: set[int], by: User) -> list[str]:
    said = []
    if person.pk in colleagues_of(authors, by):
        said.append(same_organisation())
    if person.pk in co_authors_of(authors):
        said.append(wrote_together())
    return said


def _room(person: User) -> list[str]:
    said = []
    if times_asked([person.pk])[person.pk] >= Community.seen().asks_a_month:
        said.append(_("was asked for enough this month"))
    own = Ambassador.objects.filter(user=person)  # unscoped: a yes or a no
    if own.exists() and not own.available_on(timezone.now()).exists():
        said.append(_("is away"))
    return said


def same_organisation() -> str:
    """What is said of a colleague."""
    return _("works at the same organisation as an author")


def wrote_together() -> str:
    """What is said of a co-author."""
    return _("wrote something with an author of late")
