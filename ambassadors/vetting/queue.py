"""What of the queue waits for somebody: the same words for the filters of the admin and the cards on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ambassadors.models import AdmissionRules, Concern, Decision, Nomination, SlateEntry, VettingAssignment
from ambassadors.nominations.querysets import NominationQuerySet
from ambassadors.vetting.days import site_today

if TYPE_CHECKING:
    from ambassadors.models import User

S = Nomination.Status
WAITS = {
    "new": _("new"),
    "unassigned": _("without enough vetters"),
    "overdue": _("an assessment is overdue"),
    "ready": _("ready to be decided"),
    "back": _("“not now” that came back"),
    "concern": _("with an open concern"),
    "mine": _("mine to assess"),
}
FOR_LEADS = {"concern"}


def waiting_for(word: str, rows: NominationQuerySet, reader: User) -> Any:
    """Return those of the rows for which the word holds."""
    tests: dict[str, Callable[[], Any]] = {
        "new": lambda: Q(status=S.SUBMITTED),
        "unassigned": lambda: Q(status__in=[S.SUBMITTED, S.VETTING], counted__lt=enough()),
        "overdue": lambda: (
            Q(status__in=[S.SUBMITTED, S.VETTING, S.SLATE])
            & Q(Exists(_of_case(VettingAssignment.objects.waiting()).filter(due_on__lt=site_today())))
        ),
        "ready": is_ready,
        "back": lambda: Q(status=S.VETTING) & Q(Exists(_of_case(Decision.objects.filter(outcome="not now")))),
        "concern": lambda: Q(Exists(_of_case(Concern.objects.visible_to(reader).open()))),
        "mine": lambda: Q(Exists(_of_case(VettingAssignment.objects.waiting().filter(vetter=reader.pk)))),
    }
    return (with_counted(rows) if word == "unassigned" else rows).filter(tests[word]())


def enough() -> Coalesce:
    """How many vetters a case has, by the rules in force: read with the query that asks for it."""
    rules = AdmissionRules.objects.filter(pk=1).values("vetters_a_case")
    return Coalesce(Subquery(rules), AdmissionRules._meta.get_field("vetters_a_case").default)


def is_ready() -> Q:
    """Every vetter has given theirs, and there are enough; or the slate that the case was on has closed."""
    entries = SlateEntry.objects.filter(nomination=OuterRef("pk"))
    closed = (
        Q(status=S.SLATE) & Q(Exists(entries.filter(slate__status="closed"))) & ~Q(Exists(entries.exclude(slate__status="closed")))
    )
    given = VettingAssignment.objects.filter(nomination=OuterRef("pk"), status="assessed")
    sufficient = given.order_by().values("nomination").annotate(number=Count("pk")).filter(number__gte=enough())
    waits = Exists(_of_case(VettingAssignment.objects.waiting()))
    return closed | (Q(status=S.VETTING) & Q(Exists(sufficient)) & ~Q(waits))


def with_counted(rows: Any) -> Any:
    """`counted`: how many vetters each case has; `given`: how many of them have given theirs; `due`: by when the next is asked for."""
    waiting = Q(assignments__status="assigned")
    counted = Q(assignments__status__in=["assigned", "assessed"])
    return rows.annotate(
        counted=Count("assignments", filter=counted),
        given=Count("assignments", filter=Q(assignments__status="assessed")),
        due=Min("assignments__due_on", filter=waiting),
    )


def _of_case(rows: Any) -> Any:
    return rows.filter(nomination=OuterRef("pk"))


def oldest_first(rows: Any) -> Any:
    """In the order in which they came."""
    return rows.order_by(F("submitted_at").asc(nulls_last=True), "pk")
