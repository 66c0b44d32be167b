"""What changes about offers and requests: one function per intention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambassadors import rules as people_rules
from ambassadors.asks import one_after_the_other, times_asked
from ambassadors.engagement import rules
from ambassadors.models import Ambassador, EngagementAsk, EngagementOffer, EngagementOption, EngagementRequest, User
from correspondence import outbox
from foundation import tokens
from foundation.models import Community, Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from foundation.models import Token

A, S = EngagementAsk.Answer, EngagementRequest.Status
AT_ONCE = 50

CLOSE = Transition("closed the request", frozenset({S.OPEN}), S.CLOSED, people_rules.is_support, gettext_lazy("Close the request"))
ANSWERS = {
    answer: Transition(f"answered: {answer.value}", frozenset(A.values), answer, rules.may_answer, answer.label, "answer")
    for answer in (A.YES, A.NOT_NOW, A.SOMEBODY_ELSE)
}


def _may_still_be_answered(token: Token) -> bool:
    ask = token.subject
    return isinstance(ask, EngagementAsk) and rules.may_answer(ask.person, ask) and bool(ask.person.is_member)


ANSWER_LINK = tokens.Purpose("answer to a request", timedelta(days=90), _may_still_be_answered)


@transaction.atomic
def offer(ambassador: Ambassador, option: EngagementOption, *, by: User, via: Via = Via.WEB, **fields: Any) -> EngagementOffer:
    """Tick `option`, or change how it is ticked. The history keeps which fields were changed, and no text."""
    if not rules.may_offer(by, ambassador):
        raise PermissionDenied(f"{by} may not offer anything for {ambassador}")
    before = EngagementOffer.objects.filter(ambassador=ambassador, option=option).values(*fields).first()
    made, is_new = EngagementOffer.objects.update_or_create(ambassador=ambassador, option=option, defaults=fields)
    changed = [name for name, value in fields.items() if before is None or before[name] != value]
    if is_new or changed:
        verb = "offered to take part" if is_new else "changed an offer"
        record(verb, ambassador, by=by, via=via, about=ambassador.user, note=f"{option.slug}: {', '.join(changed)}")
    return made


@transaction.atomic
def withdraw_offer(made: EngagementOffer, *, by: User, via: Via = Via.WEB) -> None:
    """Take the tick back."""
    if not rules.may_offer(by, made.ambassador):
        raise PermissionDenied(f"{by} may not withdraw {made}")
    EngagementOffer.objects.filter(pk=made.pk).delete()
    record("withdrew an offer", made.ambassador, by=by, via=via, about=made.ambassador.user, note=made.option.slug)


@dataclass
class Asked:
    """Who is asked, and who is left out for which reason."""

    people: list[User] = field(default_factory=list)
    skipped: list[tuple[User, str]] = field(default_factory=list)


def sort_out(offers: Iterable[EngagementOffer], when: date | datetime) -> Asked:
    """Say of each offer whether its person can be asked then: of a moment, on the day that it is where they are."""
    chosen = list(offers)
    available = set(
        EngagementOffer.objects.filter(pk__in=[one.pk for one in chosen]).available_on(when).values_list("pk", flat=True)
    )
    times = times_asked([one.ambassador.user_id for one in chosen])
    found = Asked()
    for one in chosen:
        reason = _reason_to_skip(one.pk in available, times.get(one.ambassador.user_id, 0))
        if reason:
            found.skipped.append((one.ambassador.user, reason))
        else:
            found.people.append(one.ambassador.user)
    return found


def _reason_to_skip(is_available: bool, times: int) -> str:
    most = Community.current().asks_a_month
    if not is_available:
        return _("not available today")
    if times >= most:
        return ngettext("asked once in the last 30 days", "asked %(times)d times in the last 30 days", times) % {"times": times}
    return ""


@transaction.atomic
def ask(
    offers: Iterable[EngagementOffer],
    *,
    subject: str,
    body: str,
    needed_by: date | None = None,
    by: User,
    via: Via = Via.WEB,
) -> tuple[EngagementRequest, Asked]:
    """Ask those who offered the same thing, and return the request with whom it went to and who was left out."""
    if not people_rules.is_support(by):
        raise PermissionDenied(f"{by} may not ask people for what they offered")
    chosen = list(offers)
    option = _one_option(chosen)
    # Two of the team may ask the same people at the same time: both count the asks of the last month, one after the other.
    one_after_the_other({one.ambassador.user_id for one in chosen})
    asked = sort_out(chosen, timezone.now())
    if not asked.people:
        raise ValidationError(_("None of them can be asked now."))
    request = EngagementRequest.objects.create(option=option, subject=subject, body=body, needed_by=needed_by, by=by)
    note = f"{len(asked.people)} asked, {len(asked.skipped)} left out"
    record("asked for help", request, by=by, via=via, note=note, after=S.OPEN)
    for person in asked.people:
        _ask(request, person, by=by)
    return request, asked


def _one_option(offers: list[EngagementOffer]) -> EngagementOption:
    options = {one.option for one in offers}
    if len(options) != 1:
        raise ValidationError(_("Choose people who offer the same thing: filter the list by one way of taking part."))
    if len(offers) > AT_ONCE:
        raise ValidationError(_("Ask at most %s people at once.") % AT_ONCE)
    return options.pop()


def _ask(request: EngagementRequest, person: User, *, by: User) -> None:
    one = EngagementAsk.objects.create(request=request, person=person)
    link = tokens.issue(ANSWER_LINK, subject=one, by=by)
    outbox.post("engagement_request", person, key=f"engagement-request:{one.pk}", ask=one.pk, token=link.pk)


@transaction.atomic
def answer(one: EngagementAsk, said: str, *, word: str = "", by: User, via: Via = Via.WEB) -> None:
    """Answer for oneself; an answer can be changed as long as the request is open."""
    # Held until the end, so that a request which is closed at this moment takes no answer afterwards.
    request = EngagementRequest.objects.select_for_update(no_key=True).get(pk=one.request_id)
    if request.status != S.OPEN:
        raise TransitionRefused(f"{request} takes no answers any more")
    one.request = request
    apply(ANSWERS[A(said)], one, by=by, via=via, about=one.person, word=word, answered_at=timezone.now(), door=via)


def close(request: EngagementRequest, *, by: User, via: Via = Via.WEB) -> None:
    """Take no more answers; nobody is told, and links in the mail lead to a page that says so."""
    apply(CLOSE, request, by=by, via=via)
