"""What ambassadors say of an edition before it is public: one opinion each, which they may change until the end. Silence is assent.

Everything here holds the row of the product, as the steps of the road do: an objection and an approval at the same moment pass one after
the other, and the second finds what the first one did.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record
from products.models import CommunityReview, Edition, Opinion, Product
from products.window import rules, telling

if TYPE_CHECKING:
    from ambassadors.models import User

WORDS_ROOM, REASON_ROOM = 5000, 2000
REOPENED_WITHIN = timedelta(days=7)
K, S = Opinion.Kind, Opinion.Status

SAY = Transition("said", frozenset({S.OPEN, S.ANSWERED, S.WITHDRAWN}), S.OPEN, rules.is_own)
WITHDRAW = Transition("took it back", frozenset({S.OPEN, S.ANSWERED}), S.WITHDRAWN, rules.is_own, gettext_lazy("Take it back"))
ANSWER = Transition("answered", frozenset({S.OPEN}), S.ANSWERED, rules.may_answer, gettext_lazy("Answer it"))
OVERRIDE = Transition("overrode", frozenset({S.OPEN}), S.OVERRIDDEN, rules.may_override, gettext_lazy("Publish it all the same"))
REOPEN = Transition("objected again", frozenset({S.ANSWERED}), S.OPEN, rules.is_own, gettext_lazy("It does not answer it"))


@transaction.atomic
def speak(edition: Edition, *, kind: str, words: str = "", by: User, via: Via = Via.WEB) -> Opinion:
    """Keep what `by` says of an edition; what they said before is replaced. Saying the same again changes nothing.

    Raises PermissionDenied for whoever is no member, TransitionRefused when its days are over, ValidationError with what is wrong.
    """
    if not by.is_member:
        raise PermissionDenied("An ambassador speaks.")
    words = _checked(kind, words)
    window = hold(edition.product_id, edition)
    if window is None or not rules.may_speak(by, window):
        raise TransitionRefused(f"{edition} takes no more opinions")
    own = Opinion.objects.filter(window=window, person=by).first()
    if own is None:
        own = Opinion.objects.create(window=window, person=by, kind=kind, words=words, via=via)
        record(SAY.name, own, by=by, via=via, note=kind, after=S.OPEN)
    elif not _is_said(own, kind, words):
        apply(SAY, own, by=by, via=via, history_note=kind, **_changed(own, kind, words))
        _count_revision(own, via)
    else:
        return own
    telling.tell_of_objection(own)
    return own


@transaction.atomic
def withdraw(opinion: Opinion, *, by: User, via: Via = Via.WEB) -> None:
    """Take back what one said: nobody reads it any more, and an objection no longer stands in the way. Also after the days are over."""
    held = _held(opinion)
    if held.window.edition.status not in rules.BEFORE_IT_IS_OUT:
        raise TransitionRefused(f"{held} was said of what is out")
    apply(WITHDRAW, held, by=by, via=via, revision=held.revision)


@transaction.atomic
def answer(opinion: Opinion, words: str, *, by: User, revision: int, via: Via = Via.WEB) -> None:
    """Answer what somebody said; an objection that is answered stands in the way no more. A second answer stands below the first.

    `revision` is that of the words which `by` has read: of newer ones it is refused.
    """
    held = _held(opinion)
    said = "\n\n".join(part for part in (held.answer, _within(words, "answer", WORDS_ROOM)) if part)
    _within(said, "answer", WORDS_ROOM)
    now = timezone.now()
    apply(ANSWER, held, by=by, via=via, revision=revision, answer=said, answered_by=by, answered_at=now, settled_at=None)
    telling.tell_of_answer(held)


@transaction.atomic
def override(opinion: Opinion, reason: str, *, by: User, revision: int, via: Via = Via.WEB) -> None:
    """Let an edition go on over an objection: the reason and the editor's name stay, and every member reads them."""
    held = _held(opinion)
    if held.kind != K.OBJECTS:
        raise TransitionRefused(f"{held} stands in nobody's way")
    said: dict[str, Any] = {
        "override_reason": _within(reason, "reason", REASON_ROOM),
        "overridden_by": by,
        "overridden_at": timezone.now(),
    }
    apply(OVERRIDE, held, by=by, via=via, revision=revision, **said)
    telling.tell_of_override(held)


@transaction.atomic
def settle(opinion: Opinion, *, by: User, via: Via = Via.WEB) -> None:
    """Whoever objected says that the answer settles it. Nothing hangs on it: answered, it stood in the way no more."""
    held = _held(opinion)
    if not rules.is_own(by, held):
        raise PermissionDenied("not theirs to settle")
    if held.status != S.ANSWERED:
        raise TransitionRefused(f"{held} has no answer")
    if held.settled_at is None:
        Opinion.objects.filter(pk=held.pk).update(settled_at=timezone.now())
        record("is content with the answer", held, by=by, via=via)


@transaction.atomic
def reopen(opinion: Opinion, words: str, *, by: User, via: Via = Via.WEB) -> None:
    """Whoever objected says why the answer does not settle it: once, within a week, and before it is out. It stands in the way again."""
    held = _held(opinion)
    if not rules.is_own(by, held):
        raise PermissionDenied("not theirs to open again")
    if not may_reopen(held):
        raise TransitionRefused(f"{held} can no longer be opened again")
    said = f"{held.words}\n\n{_within(words, 'words', WORDS_ROOM)}"
    said = _within(said, "words", WORDS_ROOM)
    apply(REOPEN, held, by=by, via=via, settled_at=None, words=said, reopened_at=timezone.now())
    _count_revision(held, via)
    telling.tell_of_objection(held)


def may_reopen(opinion: Opinion) -> bool:
    """Whether an answered objection may be opened again: once, within a week of the answer, before it is out."""
    if opinion.kind != K.OBJECTS or opinion.status != S.ANSWERED or opinion.reopened_at or opinion.answered_at is None:
        return False
    return opinion.window.edition.status in rules.BEFORE_IT_IS_OUT and opinion.answered_at > timezone.now() - REOPENED_WITHIN


def hold(product_pk: int, edition: Edition) -> CommunityReview | None:
    """Lock the product, and return the last community review of its edition as it is now."""
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product_pk)
    windows = CommunityReview.objects.filter(edition=edition).select_related("edition__product__space")
    return windows.order_by("-opened_at", "-pk").first()


def _held(opinion: Opinion) -> Opinion:
    """Lock the product of an opinion, and return the opinion as it is now."""
    Product.objects.select_for_update(of=("self",), no_key=True).get(editions__windows__opinions=opinion.pk)
    found: Opinion = Opinion.objects.select_related("window__edition__product__space", "person").get(pk=opinion.pk)
    return found


def _count_revision(opinion: Opinion, via: Via) -> None:
    """Its words are new ones: whoever answers the former ones is refused."""
    Opinion.objects.filter(pk=opinion.pk).update(revision=F("revision") + 1, via=via)
    opinion.refresh_from_db(fields=["revision", "via"])


def _is_said(own: Opinion, kind: str, words: str) -> bool:
    return (own.kind, own.words, own.status) == (kind, words, S.OPEN)


def _changed(own: Opinion, kind: str, words: str) -> dict[str, Any]:
    """What changes with other words. To object again after an answer is to open the objection again, which one may do once."""
    if own.status == S.OVERRIDDEN:
        raise ValidationError(_("An editor has decided about your objection. The reason stands below it."))
    fields: dict[str, Any] = {"kind": kind, "words": words, "at": timezone.now()}
    if kind == K.OBJECTS and own.answered_at is not None and own.status != S.OPEN:
        if own.reopened_at is not None:
            raise ValidationError(_("Your objection was answered twice. You can write to an editor, who decides about it."))
        fields["reopened_at"] = timezone.now()
    return fields | {"settled_at": None}


def _checked(kind: str, words: str) -> str:
    if kind not in K.values:
        raise ValidationError({"kind": _("Say whether you stand behind it, suggest a change, or object.")})
    words = words.strip()
    return words if kind == K.STANDS and not words else _within(words, "words", WORDS_ROOM)


def _within(words: str, field: str, most: int) -> str:
    if not words.strip():
        raise ValidationError({field: _("Say it in a few words: everybody here reads them.")})
    if len(words) > most:
        raise ValidationError({field: _("Please keep it within %(most)d characters.") % {"most": most}})
    return words.strip()
