"""Reports: somebody asks to have a post looked at, somebody else looks, and the first one hears what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import User
from correspondence import outbox
from discussions.models import ConductDuty, Post, Report, ReportNote, SpaceRole
from discussions.moderation import rules
from foundation.models import Via
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from django.db.models import QuerySet

S = Report.Status
OPEN = frozenset({S.OPEN, S.IN_HAND})

TAKE = Transition("took a report in hand", frozenset({S.OPEN}), S.IN_HAND, rules.handles, gettext_lazy("I look at it"))
GIVE_BACK = Transition(
    "gave a report back", frozenset({S.IN_HAND}), S.OPEN, rules.has_in_hand, gettext_lazy("Leave it to somebody else")
)
ACT = Transition("settled a report: something was done", OPEN, S.ACTED, rules.handles)
LEAVE = Transition("settled a report: left as it is", OPEN, S.NO_ACTION, rules.handles)
WITHDRAW = Transition("took a report back", OPEN, S.WITHDRAWN, rules.reported, gettext_lazy("Take the report back"))


@transaction.atomic
def report(post: Post, *, by: User, reason: str, words: str = "", via: Via = Via.WEB) -> Report:
    """Ask those who handle reports to look at a post, and tell them so by mail, which says nothing of its words.

    Raises PermissionDenied when `by` may not, ValidationError when they reported it already or give no reason.
    """
    if not Post.objects.visible_to(by).filter(pk=post.pk).exists() or not rules.may_report(by, post):
        raise PermissionDenied(_("This is not yours to report."))
    if reason == Report.Reason.OTHER and not words.strip():
        raise ValidationError(_("Say in a sentence what is wrong with it."))
    made = _created(post, by, reason, words.strip())
    record("reported a post", made, by=by, via=via, after=made.status)
    outbox.post_many("report_filed", [person.pk for person in handlers_of(made)], key=f"report-filed:{made.pk}", report=made.pk)
    return made


def _created(post: Post, by: User, reason: str, words: str) -> Report:
    try:
        with transaction.atomic():
            return Report.objects.create(
                post=post, reporter=by, reported=post.author, reason=reason, words=words, said=post.body, revision=post.revision
            )
    except IntegrityError as error:  # pressed twice, or from two windows
        raise ValidationError(_("You have reported this already: it is being looked at.")) from error


def handlers_of(made: Report) -> Iterator[User]:
    """Everybody who handles this report, asked one by one of the rows themselves."""
    for person in _candidates(made).order_by("pk"):
        if rules.handles(person, made):
            yield person


def _candidates(made: Report) -> QuerySet[User]:
    duty = ConductDuty.objects.at_work().values("person")
    leaders = SpaceRole.objects.leaders().filter(space=made.post.thread.space_id).values("person")
    found: QuerySet[User] = User.objects.filter(Q(pk__in=duty) | Q(pk__in=leaders) | Q(is_staff=True, is_active=True))
    return found


def take(made: Report, *, by: User, via: Via = Via.WEB) -> None:
    """Say that one looks at it, so that nobody else does the same."""
    apply(TAKE, made, by=by, via=via, handler=by)


def give_back(made: Report, *, by: User, via: Via = Via.WEB) -> None:
    """Leave it to the other handlers."""
    apply(GIVE_BACK, made, by=by, via=via, handler=None)


@transaction.atomic
def note(made: Report, words: str, *, by: User, via: Via = Via.WEB) -> ReportNote:
    """Write something down for the other handlers."""
    if not rules.handles(by, made):
        raise PermissionDenied(f"{by} does not handle {made}")
    if not words.strip():
        raise ValidationError(_("There are no words in it yet."))
    written = ReportNote.objects.create(report=made, author=by, words=words.strip())
    record("noted something on a report", made, by=by, via=via)
    return written


@transaction.atomic
def settle(made: Report, *, by: User, acted: bool, outcome: str, via: Via = Via.WEB) -> None:
    """End it, and tell the one who reported in the words of `outcome` what came of it."""
    if not outcome.strip():
        raise ValidationError(_("Write what the one who reported is to hear. A sentence will do."))
    fields: dict[str, Any] = {"handler": by, "outcome": outcome.strip(), "settled_at": timezone.now()}
    apply(ACT if acted else LEAVE, made, by=by, via=via, **fields)
    if made.reporter is not None:
        outbox.post("report_settled", made.reporter, key=f"report-settled:{made.pk}", report=made.pk)


def withdraw(made: Report, *, by: User, via: Via = Via.WEB) -> None:
    """Take one's own report back."""
    apply(WITHDRAW, made, by=by, via=via, settled_at=timezone.now())
