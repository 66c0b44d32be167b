"""What changes about the commitments: an edition is written, published, and answered by each ambassador."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors import rules
from ambassadors.models import Affirmation, Ambassador, Commitment, CommitmentsEdition, User
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import Transition, apply, record

S, A = CommitmentsEdition.Status, Affirmation.Answer

PUBLISH = Transition("published the commitments", frozenset({S.DRAFT}), S.PUBLISHED, rules.is_support, gettext_lazy("Publish"))


def _is_own(user: User | None, affirmation: Affirmation) -> bool:
    return user is not None and user.is_active and user.pk == affirmation.ambassador.user_id


AFFIRM = Transition("affirmed the commitments", frozenset({A.NOT_NOW}), A.AFFIRMED, _is_own, field="answer")


@transaction.atomic
def begin_draft(*, by: User | None, via: Via = Via.WEB) -> CommitmentsEdition:
    """Return the draft of the next edition, begun with what holds today; where there is a draft already, that one."""
    last = CommitmentsEdition.objects.current()
    number = (last.number if last else 0) + 1
    # Two of the team may begin at the same time: there is one draft, and whoever comes second gets it.
    draft, is_new = CommitmentsEdition.objects.get_or_create(status=S.DRAFT, defaults={"number": number, "by": by})
    if not is_new:
        return draft
    if last is not None:
        _write(draft, last.items.values_list("text", "explanation"))
    record("began an edition of the commitments", draft, by=by, via=via, after=S.DRAFT)
    return draft


def _write(edition: CommitmentsEdition, items: Iterable[tuple[str, str]]) -> None:
    Commitment.objects.bulk_create(
        Commitment(edition=edition, position=position, text=text, explanation=explanation)
        for position, (text, explanation) in enumerate(items, start=1)
    )


@transaction.atomic
def wrote(edition: CommitmentsEdition, *, by: User, via: Via = Via.WEB) -> None:
    """Count a change of the draft, inside the transaction that makes it; a published edition takes none any more."""
    if not CommitmentsEdition.objects.filter(pk=edition.pk, status=S.DRAFT).update(revision=F("revision") + 1):
        raise PermissionDenied("This edition is published.")
    record("wrote the commitments", edition, by=by, via=via)


@transaction.atomic
def publish(edition: CommitmentsEdition, *, revision: int, by: User, via: Via = Via.WEB) -> int:
    """Let an edition hold from now on, in the wording that `by` has looked at, and return how many are asked by mail to affirm it.

    The first edition is always material: it is what newcomers affirm. For another material one, each of those who affirmed an
    earlier edition gets one mail; the rest find it on their desk. An edition that is not material asks nobody.
    """
    # Held until the end, so that no colleague writes on between the look at the revision and the move.
    locked = CommitmentsEdition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if locked.revision != revision:
        raise ValidationError(_("A colleague has changed the draft in the meantime. Please look at it again."))
    if not edition.items.exists():
        raise ValidationError(_("There is no commitment in it yet."))
    is_first = not CommitmentsEdition.objects.published().exists()
    is_material = locked.is_material or is_first
    apply(PUBLISH, edition, by=by, via=via, published_at=timezone.now(), is_material=is_material)
    if is_first or not is_material:
        return 0
    return outbox.post_many(
        "commitments_changed", _who_affirmed_before(edition), key=f"commitments-changed:{edition.pk}", edition=edition.pk
    )


def _who_affirmed_before(edition: CommitmentsEdition) -> Iterable[int]:
    earlier = Affirmation.objects.affirmed().filter(ambassador=OuterRef("pk"), edition__number__lt=edition.number)
    people = Ambassador.objects.active().filter(Exists(earlier), user__is_active=True)
    return people.order_by("pk").values_list("user_id", flat=True).iterator(chunk_size=1000)


def affirm(ambassador: Ambassador, edition: CommitmentsEdition, *, by: User, via: Via = Via.WEB) -> bool:
    """Affirm the edition that holds; return False when it was affirmed before, at a date that stays."""
    return _answer(ambassador, edition, A.AFFIRMED, by=by, via=via)


def set_aside(ambassador: Ambassador, edition: CommitmentsEdition, *, by: User, via: Via = Via.WEB) -> bool:
    """Say "not now": nobody asks about this edition again, and it can be affirmed at any time."""
    return _answer(ambassador, edition, A.NOT_NOW, by=by, via=via)


@transaction.atomic
def _answer(ambassador: Ambassador, edition: CommitmentsEdition, said: str, *, by: User, via: Via) -> bool:
    if by.pk != ambassador.user_id:
        raise PermissionDenied(f"{by} may not answer for {ambassador}")
    if edition != CommitmentsEdition.objects.current():
        raise ValidationError(_("There is a newer edition. Please read that one."))
    # A double press makes two of these: the unique constraint lets one row in, and the second finds it.
    answer, is_new = Affirmation.objects.get_or_create(
        ambassador=ambassador, edition=edition, defaults={"answer": said, "via": via}
    )
    if is_new:
        verb = AFFIRM.name if said == A.AFFIRMED else "set the commitments aside"
        record(verb, edition, by=by, via=via, about=ambassador.user, after=said)
    elif said == A.AFFIRMED and answer.answer == A.NOT_NOW:
        apply(AFFIRM, answer, by=by, via=via, about=ambassador.user, at=timezone.now())
        return True
    return is_new


def has_answered(person: User, binding: CommitmentsEdition) -> bool:
    """Whether `person` affirmed or set aside this edition, or a later one."""
    return Affirmation.objects.filter(ambassador__user=person, edition__number__gte=binding.number).exists()
