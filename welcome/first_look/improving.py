"""What becomes of what pairs would improve: taken in when it is sent, moved by whoever looks after it, and told to its authors once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence import outbox
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record
from welcome.first_look import rules
from welcome.models import Improvement, ImprovementAuthor, LookAnswer

if TYPE_CHECKING:
    from ambassadors.models import User
    from welcome.models import LookPair

S = Improvement.Status
PLAN = Transition("planned an improvement", frozenset({S.NEW, S.NOT_NOW}), S.PLANNED, rules.looks_after, gettext_lazy("Plan it"))
TAKE = Transition(
    "took an improvement in hand", frozenset({S.NEW, S.PLANNED}), S.IN_HAND, rules.looks_after, gettext_lazy("Take it in hand")
)
FINISH = Transition(
    "said that an improvement is done",
    frozenset({S.NEW, S.PLANNED, S.IN_HAND, S.NOT_NOW}),
    S.DONE,
    rules.looks_after,
    gettext_lazy("It is done"),
)
PUT_OFF = Transition(
    "put an improvement off", frozenset({S.NEW, S.PLANNED, S.IN_HAND}), S.NOT_NOW, rules.looks_after, gettext_lazy("Not now")
)
REOPEN = Transition(
    "took an improvement up again", frozenset({S.DONE, S.NOT_NOW}), S.IN_HAND, rules.looks_after, gettext_lazy("Take it up again")
)
MOVES = {"plan": PLAN, "take": TAKE, "finish": FINISH, "put_off": PUT_OFF, "reopen": REOPEN}


def follow_answers(pair: LookPair, *, by: User) -> None:
    """Make an improvement of each answer that asks to be one; while nobody has taken it up, its words are those of the answer.

    Whoever sits in the pair now is its author; once taken up, its words stay, and its page shows how the pair puts it by now.
    """
    people = list(pair.seats.here().values_list("person", flat=True))
    for answer in pair.answers.filter(question__makes_improvements=True):
        made, is_new = Improvement.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
            answer=answer, defaults={"look": pair.look, "words": answer.words}
        )
        if is_new:
            record("suggested an improvement", made, by=by)
        elif made.status == S.NEW and made.merged_into_id is None:
            Improvement.objects.filter(pk=made.pk).update(words=answer.words)
        _credit(made, people)


def let_go(answer: LookAnswer) -> None:
    """An answer is taken back: what nobody has taken up goes with it, the rest stays."""
    Improvement.objects.filter(answer=answer, status=S.NEW, merged_into=None, merged=None).delete()


@transaction.atomic
def plan(improvement: Improvement, *, by: User, owner: User | None = None, via: Via = Via.WEB) -> None:
    """Mean to do it: `owner` looks after it, or else `by`."""
    apply(PLAN, improvement, by=by, via=via, owner=_owner(improvement, owner, by), moved_at=timezone.now())


@transaction.atomic
def take(improvement: Improvement, *, by: User, owner: User | None = None, via: Via = Via.WEB) -> None:
    """Begin with it."""
    apply(TAKE, improvement, by=by, via=via, owner=_owner(improvement, owner, by), moved_at=timezone.now())


@transaction.atomic
def finish(improvement: Improvement, *, by: User, note: str = "", via: Via = Via.WEB) -> None:
    """It is done: its authors hear of it, each once, however often it is taken up again and done."""
    owner = _owner(improvement, None, by)
    apply(FINISH, improvement, by=by, via=via, owner=owner, note_to_authors=note.strip(), moved_at=timezone.now())
    _tell(improvement, "improvement_done", "told_done_at")


@transaction.atomic
def put_off(improvement: Improvement, *, by: User, note: str, via: Via = Via.WEB) -> None:
    """Not now, and why: its authors hear that once, too."""
    if not note.strip():
        raise ValidationError(_("Say why: its authors read it."))
    apply(PUT_OFF, improvement, by=by, via=via, note_to_authors=note.strip(), moved_at=timezone.now())
    _tell(improvement, "improvement_not_now", "told_not_now_at")


@transaction.atomic
def reopen(improvement: Improvement, *, by: User, owner: User | None = None, via: Via = Via.WEB) -> None:
    """It was not quite done, or its time has come."""
    owner = _owner(improvement, owner, by)
    apply(REOPEN, improvement, by=by, via=via, owner=owner, note_to_authors="", moved_at=timezone.now())


@transaction.atomic
def merge(improvement: Improvement, into: Improvement, *, by: User, via: Via = Via.WEB) -> None:
    """Two say the same: one goes on, and the authors of both are its authors. What they were told stays told."""
    keys = sorted({improvement.pk, into.pk})
    found = {one.pk: one for one in Improvement.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")}
    one, other = found.get(improvement.pk), found.get(into.pk)
    if one is None or other is None or one.pk == other.pk or one.merged_into_id or other.merged_into_id:
        raise TransitionRefused(_("One of them has gone into another by now."))
    if not rules.may_merge(by, one) or not rules.may_merge(by, other):
        raise PermissionDenied(_("The support team puts improvements together."))
    Improvement.objects.filter(merged_into=one).update(merged_into=other)
    Improvement.objects.filter(pk=one.pk).update(merged_into=other, moved_at=timezone.now())
    for author in one.authors.all():
        _take_over(other, author)
    record("put two improvements together", other, by=by, via=via)
    if other.status == S.DONE:
        _tell(other, "improvement_done", "told_done_at")


def _owner(improvement: Improvement, chosen: User | None, by: User) -> User:
    owner = chosen or improvement.owner or by
    if not owner.is_member:
        raise ValidationError(_("%(name)s is not a member any more.") % {"name": owner})
    return owner


def _credit(improvement: Improvement, people: list[int]) -> None:
    target = improvement.merged_into or improvement
    rows = [ImprovementAuthor(improvement=one, person_id=pk) for one in {improvement, target} for pk in people]
    ImprovementAuthor.objects.bulk_create(rows, ignore_conflicts=True)


def _take_over(other: Improvement, author: ImprovementAuthor) -> None:
    if author.person_id is None:
        return
    told = {"told_done_at": author.told_done_at, "told_not_now_at": author.told_not_now_at}
    row, is_new = ImprovementAuthor.objects.get_or_create(improvement=other, person_id=author.person_id, defaults=told)
    if not is_new:
        for name, at in told.items():
            setattr(row, name, getattr(row, name) or at)
        row.save(update_fields=list(told))


def _tell(improvement: Improvement, kind: str, field: str) -> None:
    """Mail each author who has not been told; whoever is no member any more is left out. The row that was marked is the token."""
    for author in improvement.authors.filter(**{field: None}).select_related("person"):
        if author.person is None or not author.person.is_member:
            continue
        if improvement.authors.filter(pk=author.pk, **{field: None}).update(**{field: timezone.now()}):
            key = f"{kind.replace('_', '-')}:{improvement.pk}:{author.person_id}"
            outbox.post(kind, author.person, key=key, improvement=improvement.pk)
