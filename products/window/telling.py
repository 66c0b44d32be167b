"""Who is told what of a community review: everybody that it is open, its makers of objections and of its end, each speaker of an answer.

Each is told once: the key of the mail says what it tells, and a key that is there already posts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ambassadors.models import Ambassador, User
from correspondence import outbox
from products.models import CommunityReview, Credit, EditorDuty, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from products.models import Edition


@transaction.atomic
def tell(window_pk: int) -> int:
    """Post the mail about a community review to each active ambassador; return how many are new."""
    if not CommunityReview.objects.to_tell().filter(pk=window_pk).exists():
        return 0
    # Two workers may be here at once: the keys of the mails let one of them post each.
    people = Ambassador.objects.filter(status="active", user__is_active=True).order_by("pk")
    keys = people.values_list("user_id", flat=True).iterator(chunk_size=1000)
    posted = outbox.post_many("community_review_opened", keys, key=f"community-review:{window_pk}", window=window_pk)
    CommunityReview.objects.filter(pk=window_pk, told_at=None).update(told_at=timezone.now())
    return posted


def tell_due() -> int:
    """Tell of those that no worker was told of; return how many mails."""
    return sum(tell(pk) for pk in CommunityReview.objects.to_tell().values_list("pk", flat=True))


def tell_that_it_is_over(window: CommunityReview) -> int:
    """Post to its makers what was said and what comes next; return how many mails."""
    return outbox.post_many(
        "community_review_over", makers(window.edition), key=f"community-review-over:{window.pk}", window=window.pk
    )


def tell_of_objection(opinion: Opinion) -> int:
    """Post an objection to those who can answer it: when it is made, and when it is opened again."""
    if opinion.kind != Opinion.Kind.OBJECTS or opinion.status != Opinion.Status.OPEN:
        return 0
    time = "again" if opinion.reopened_at else "first"
    people = [pk for pk in makers(opinion.window.edition) if pk != opinion.person_id]
    return outbox.post_many("objection_raised", people, key=f"objection:{opinion.pk}:{time}", opinion=opinion.pk)


def tell_of_answer(opinion: Opinion) -> None:
    """Post the answer to whoever it is given to."""
    if opinion.person is not None:
        key = f"opinion-answered:{opinion.pk}:{opinion.revision}"
        outbox.post("opinion_answered", opinion.person, key=key, opinion=opinion.pk)


def tell_of_override(opinion: Opinion) -> None:
    """Post to whoever objected that an editor lets it go on, why, and who that is."""
    if opinion.person is not None:
        key = f"objection-overridden:{opinion.pk}:{opinion.revision}"
        outbox.post("objection_overridden", opinion.person, key=key, opinion=opinion.pk)


def makers(edition: Edition) -> list[int]:
    """The keys of its authors, and of the editor who looks after it: of all editors where nobody does."""
    authors = Credit.objects.authors().filter(product=edition.product_id, person__isnull=False).values_list("person", flat=True)
    return sorted({*authors, *_editors(edition)})


def _editors(edition: Edition) -> Iterable[Any]:
    own = edition.product.editor_id
    if own is not None and User.objects.members().filter(pk=own).exists():
        return [own]
    return EditorDuty.objects.here().values_list("person", flat=True)
