"""What changes about nominations before anybody vets them: dropped, written, submitted, taken back, joined to an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import CriteriaEdition, Criterion, Evidence, Nomination, NominationMatch
from ambassadors.nominations import clearing, doubles, moves, rules
from ambassadors.nominations.matching import email_key
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ambassadors.models import User

S, M = Nomination.Status, NominationMatch.Status
SAME = Transition("found the same person", frozenset({M.OPEN, M.DIFFERENT}), M.SAME, rules.leads_both)
DIFFERENT = Transition("found two people", frozenset({M.OPEN, M.SAME}), M.DIFFERENT, rules.leads_both)
ended = Signal()  # a case ended before it was decided: `nomination`, `by`, `via`
HOW_FAR: dict[str, int] = {S.SUBMITTED: 1, S.VETTING: 2, S.SLATE: 3, S.NOT_NOW: 4, S.DECLINED: 4, S.APPROVED: 5}
NEEDED = {
    "email": gettext_lazy("Their e-mail address: an invitation is bound to it."),
    "relation": gettext_lazy("How you know each other."),
    "conflict": gettext_lazy("Whether you have an interest of your own in it."),
    "nominee_knows": gettext_lazy("Whether they know of it."),
    "slate_text": gettext_lazy("The text that all ambassadors will read."),
}


class ChangedMeanwhile(ValidationError):
    """The words that one looked at are no longer the newest; nothing was saved."""


def _may_nominate(person: User) -> None:
    if not person.is_member:
        raise PermissionDenied(f"{person} may not nominate anybody")


def refuse_who_is_here(name: str, email: str, *, by: User) -> None:
    """Refuse to put forward oneself, or an ambassador whom one can see here. What one may not know is not told, and not refused."""
    if not email_key(email):
        return
    if doubles.is_own_address(by, email):
        raise ValidationError({"email": _("This is your own address. You are here already, and we are glad of it.")})
    for one in doubles.known_to(by, name, email).ambassadors:
        if email_key(one.user.email) == email_key(email):
            raise ValidationError({"email": _("%(name)s is an ambassador already.") % {"name": one.user.name}})


@transaction.atomic
def drop_prospect(
    name: str, *, reason: str, email: str = "", organization: str = "", whole: str = "", by: User, via: Via = Via.WEB
) -> Nomination:
    """Put a name with a reason on the prospect list, which its author and the vetting leads read.

    `whole` is a text of which the reason is only the beginning: it waits where a nomination says how one knows each other.
    """
    _may_nominate(by)
    refuse_who_is_here(name, email, by=by)
    prospect = Nomination.objects.create(
        nominator=by, status=S.PROSPECT, name=name, email=email, organization=organization, reason=reason, relation=whole, via=via
    )
    record("put somebody on the prospect list", prospect, by=by, via=via, after=S.PROSPECT)
    doubles.flag(prospect)
    return prospect


@transaction.atomic
def save_draft(
    draft: Nomination | None,
    fields: Mapping[str, Any],
    evidence: Mapping[int, str],
    *,
    by: User,
    revision: int | None = None,
    via: Via = Via.WEB,
) -> Nomination:
    """Keep what was written so far; `evidence` is by key of the criterion. Whoever writes in two windows is told in the second."""
    _may_nominate(by)
    refuse_who_is_here(fields.get("name", ""), fields.get("email", ""), by=by)
    labels = fields.get("role_labels")
    own = {name: value for name, value in fields.items() if name != "role_labels"}
    if draft is None:
        draft = Nomination.objects.create(nominator=by, status=S.DRAFT, criteria=CriteriaEdition.objects.in_force(), via=via, **own)
        record("began a nomination", draft, by=by, via=via, after=S.DRAFT)
    else:
        _rewrite(draft, own, by=by, revision=revision)
    if labels is not None:
        draft.role_labels.set(labels)
    _keep_evidence(draft, evidence)
    take_up_criteria_in_force(draft)
    return draft


def _rewrite(draft: Nomination, fields: Mapping[str, Any], *, by: User, revision: int | None) -> None:
    # Held until the end, so that a draft which is submitted in another window takes no more words.
    locked = Nomination.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if not rules.is_nominator(by, locked) or locked.status != S.DRAFT:
        raise TransitionRefused(f"{draft} is no draft of {by}")
    if revision is not None and revision != locked.revision:
        raise ChangedMeanwhile(_("You have changed this in another window."))
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.revision = locked.revision + 1
    draft.save(update_fields=[*fields, "revision"])


def take_up_criteria_in_force(draft: Nomination) -> None:
    """Let a draft follow the criteria in force. Evidence goes along to a criterion of the same words; the rest stays beside the old one."""
    edition = CriteriaEdition.objects.in_force()
    if edition is None:
        return
    Nomination.objects.filter(pk=draft.pk).exclude(criteria=edition).update(criteria=edition)
    draft.criteria = edition
    same = {criterion.text: criterion for criterion in edition.criteria.all()}
    for one in draft.evidence.exclude(criterion__edition=edition).select_related("criterion"):
        criterion = same.get(one.criterion.text)
        if criterion and not draft.evidence.filter(criterion=criterion).exists():
            Evidence.objects.filter(pk=one.pk).update(criterion=criterion)


def _keep_evidence(draft: Nomination, evidence: Mapping[int, str]) -> None:
    # A page that was opened before new criteria were published still speaks of the old ones: their words are kept, too.
    published = Criterion.objects.filter(edition__in=CriteriaEdition.objects.published(), pk__in=evidence)
    for pk in published.values_list("pk", flat=True):
        if words := evidence[pk].strip():
            Evidence.objects.update_or_create(nomination=draft, criterion_id=pk, defaults={"text": words})
        else:
            Evidence.objects.filter(nomination=draft, criterion_id=pk).delete()


def missing_in(draft: Nomination) -> dict[str, str]:
    """Return, in words and by field, what a draft lacks before it can be submitted; evidence goes by `evidence_<criterion>`."""
    lacking = {name: str(words) for name, words in NEEDED.items() if not getattr(draft, name)}
    if draft.conflict == Nomination.Conflict.SOME and not draft.conflict_text.strip():
        lacking["conflict_text"] = _("Which interest of your own it is.")
    shown = set(draft.evidence.values_list("criterion_id", flat=True))
    musts: Iterable[Criterion] = draft.criteria.criteria.filter(kind=Criterion.Kind.MUST) if draft.criteria else []
    return lacking | {
        f"evidence_{must.pk}": _("What you have seen for “%(must)s”.") % {"must": must.text}
        for must in musts
        if must.pk not in shown
    }


@transaction.atomic
def begin_nomination(prospect: Nomination, *, by: User, via: Via = Via.WEB) -> None:
    """Make a draft of an entry on the prospect list."""
    apply(moves.BEGIN, prospect, by=by, via=via, criteria=CriteriaEdition.objects.in_force())


@transaction.atomic
def submit(draft: Nomination, *, revision: int, by: User, via: Via = Via.WEB) -> None:
    """Hand the nomination over to the vetting leads, under the criteria in force today.

    Raises ValidationError with what is missing. A draft that was begun under older criteria is asked for evidence under the new ones.
    """
    # Held until the end, so that nobody publishes new criteria or writes on between the look and the move.
    locked = Nomination.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if CriteriaEdition.objects.in_force() is None:
        raise ValidationError(_("The support team has not published the criteria yet. Your draft is kept."))
    draft.refresh_from_db()
    if locked.status == S.DRAFT and rules.is_nominator(by, locked):
        take_up_criteria_in_force(draft)
        refuse_who_is_here(draft.name, draft.email, by=by)
        lacking: dict[str, Any] = missing_in(draft)
        if lacking:
            raise ValidationError(lacking)
    apply(moves.SUBMIT, draft, by=by, via=via, revision=revision, submitted_at=timezone.now())
    doubles.flag(draft)
    outbox.post("nomination_received", by, key=f"nomination-received:{draft.pk}", nomination=draft.pk)


@transaction.atomic
def withdraw(nomination: Nomination, *, by: User, via: Via = Via.WEB) -> None:
    """Take a nomination back: the case ends, and vetters have nothing to do with it any more."""
    apply(moves.WITHDRAW, nomination, by=by, via=via, decided_at=timezone.now())
    ended.send(Nomination, nomination=nomination, by=by, via=via)


@transaction.atomic
def discard(nomination: Nomination, *, by: User, via: Via = Via.WEB) -> None:
    """Throw a draft or an entry on the prospect list away, words included."""
    locked = Nomination.objects.select_for_update().filter(pk=nomination.pk, status__in=[S.PROSPECT, S.DRAFT]).first()
    if locked is None or not rules.is_nominator(by, locked):
        raise TransitionRefused(f"{nomination} can no longer be thrown away")
    record("threw a nomination away", locked, by=by, via=via, before=locked.status)
    clearing.forget_around(locked)
    locked.delete()


@transaction.atomic
def join(match: NominationMatch, *, by: User, via: Via = Via.WEB) -> None:
    """Say that a nomination speaks of the same person as another one, or as somebody with an account.

    Of two cases under way, the one that has come less far is joined to the other: it goes on once, and both nominators follow it. An
    entry of the prospect list stays its author's.
    """
    apply(SAME, match, by=by, via=via)
    if match.other is None:
        return
    # Two leads may join two nominations crosswise: both rows are locked, in order, so that one of them is refused.
    pair = Nomination.objects.select_for_update(no_key=True).filter(pk__in=[match.nomination_id, match.other_id]).order_by("pk")
    kept, joined = sorted(pair, key=lambda one: (-HOW_FAR.get(one.status, 0), one.pk))
    if kept.status not in HOW_FAR or joined.status == S.PROSPECT:
        return
    apply(moves.JOIN, joined, by=by, via=via, joined_to=kept, decided_at=timezone.now())
    ended.send(Nomination, nomination=joined, by=by, via=via)
    for mirror in NominationMatch.objects.filter(nomination=match.other_id, other=match.nomination_id, status=M.OPEN):
        apply(SAME, mirror, by=by, via=via)


@transaction.atomic
def tell_apart(match: NominationMatch, *, by: User, via: Via = Via.WEB) -> None:
    """Say that these are two people."""
    apply(DIFFERENT, match, by=by, via=via)


@transaction.atomic
def write_for_slate(nomination: Nomination, text: str, *, by: User, via: Via = Via.WEB) -> None:
    """Let a lead word the text that all ambassadors read; the nomination itself stays as it was written."""
    if not rules.leads(by, nomination):
        raise PermissionDenied(f"{by} may not write for the slate")
    Nomination.objects.filter(pk=nomination.pk).update(slate_text=text.strip(), revision=F("revision") + 1)
    record("wrote the text for the slate", nomination, by=by, via=via)
    nomination.refresh_from_db()
