"""What is said by mail about vetting. No mail names a nominee to a vetter or a lead: who it is about is read on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Decision, Nomination, VettingAssignment, VettingDuty
from ambassadors.nominations.rules import is_barred
from correspondence.kinds import Kind, kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.models import OutgoingMail

WHY = {
    "silent": _("A vetter was reminded twice, and nothing came"),
    "away": _("A vetter is away, and their assessment is due"),
    "stepped back": _("Somebody stepped back from a case"),
    "concern": _("Somebody has a concern, for the vetting leads alone"),
    "came back": _("A “not now” has come back on its day"),
}


def _page(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _assignment(mail: OutgoingMail, *states: str) -> VettingAssignment | None:
    """The assignment a mail speaks of, while it is its reader's and in one of these states."""
    rows = VettingAssignment.objects.filter(pk=mail.about["assignment"], vetter=mail.person, status__in=states)
    found: VettingAssignment | None = rows.select_related("nomination").first()
    return found


def _still_waits(mail: OutgoingMail) -> bool:
    """Asked when it is sent: nothing given, nobody stepped back, the case open to them."""
    person = mail.person
    one = _assignment(mail, "assigned")
    return one is not None and person is not None and VettingAssignment.objects.of(person).filter(pk=one.pk).exists()


def _about_assignment(mail: OutgoingMail) -> dict[str, Any]:
    one = _assignment(mail, "assigned")
    assert one is not None  # noqa: S101  asked just before
    return {"due": date_format(one.due_on, "j F Y"), "url": _page("ambassadors:vetting-detail", one.pk)}


def _was_taken_back(mail: OutgoingMail) -> bool:
    one = _assignment(mail, "withdrawn")
    person = mail.person
    return one is not None and person is not None and bool(person.is_member) and not is_barred(person, one.nomination)


def _about_taken_back(mail: OutgoingMail) -> dict[str, Any]:
    one = _assignment(mail, "withdrawn")
    assert one is not None  # noqa: S101  asked just before
    return {"since": date_format(timezone.localdate(one.assigned_at), "j F Y"), "url": _page("ambassadors:vetting-list")}


def _leads_it_still(mail: OutgoingMail) -> bool:
    person = mail.person
    if person is None or not VettingDuty.objects.leads().filter(person=person).exists():
        return False
    return bool(Nomination.objects.led_by(person).filter(pk=mail.about["nomination"]).exists())


def _about_escalation(mail: OutgoingMail) -> dict[str, Any]:
    return {"what": WHY[mail.about["why"]], "url": _page("admin:ambassadors_nomination_change", mail.about["nomination"])}


def _decision(mail: OutgoingMail) -> Decision | None:
    """The decision, while it is the newest one and its reader is the nominator."""
    own = Nomination.objects.filter(pk=mail.about["nomination"], nominator=mail.person, cleared_at=None).exists()
    made: Decision | None = Decision.objects.filter(pk=mail.about["decision"]).select_related("nomination").first()
    if made is None or not own or Decision.objects.filter(nomination=made.nomination_id, pk__gt=made.pk).exists():
        return None
    return made


def _is_still_so(mail: OutgoingMail) -> bool:
    return mail.person is not None and bool(mail.person.is_member) and _decision(mail) is not None


def _about_decision(mail: OutgoingMail) -> dict[str, Any]:
    """The words written for the nominator. Reasons, assessments and concerns are not even read here."""
    made = _decision(mail)
    assert made is not None  # noqa: S101  asked just before
    own = Nomination.objects.get(pk=mail.about["nomination"])
    return {"nominee": own.name, "outcome": str(made.outcome), "told": made.told, "revisit_on": _day(made)}


def _day(made: Decision) -> str:
    return date_format(made.revisit_on, "F Y") if made.revisit_on else ""


def _link(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context.get("url", ""))


def _add(name: str, label: Any, description: Any, context: Callable[..., Any], sample: dict[str, Any], **options: Any) -> None:
    given: dict[str, Any] = {"link": _link, "placeholders": tuple(sample)} | options
    kinds.add(name, Kind(name, label, context, lambda: dict(sample), description=description, **given))


_add(
    "vetting_assigned",
    _("Nominations to assess"),
    _("When a vetting lead asks you for your view of a nomination."),
    _about_assignment,
    {"due": "6 December 2026", "url": f"{settings.SITE_URL}/vetting/7/"},
    still_wanted=_still_waits,
    required=("url",),
)
_add(
    "vetting_reminder",
    _("Reminders of nominations to assess"),
    _("When the day has come, and once more some days later."),
    _about_assignment,
    {"due": "6 December 2026", "url": f"{settings.SITE_URL}/vetting/7/"},
    still_wanted=_still_waits,
    required=("url",),
)
_add(
    "vetting_taken_back",
    _("Nominations taken off your hands"),
    _("When a nomination that you had to assess is no longer with you."),
    _about_taken_back,
    {"since": "22 November 2026", "url": f"{settings.SITE_URL}/vetting/"},
    still_wanted=_was_taken_back,
)
_add(
    "vetting_escalated",
    _("For vetting leads"),
    _("When a case needs you: nothing came from a vetter, somebody stepped back, a concern, a “not now” that came back."),
    _about_escalation,
    {
        "what": _("A vetter was reminded twice, and nothing came"),
        "url": f"{settings.SITE_URL}/admin/ambassadors/nomination/7/change/",
    },
    still_wanted=_leads_it_still,
    required=("url",),
)
_add(
    "nomination_decided",
    _("What became of your nomination"),
    _("When it is decided whether somebody whom you put forward is invited."),
    _about_decision,
    {
        "nominee": _("Amara Example"),
        "outcome": "not now",
        "told": _("We would love to meet them once their new school stands on its feet."),
        "revisit_on": "June 2027",
    },
    still_wanted=_is_still_so,
    answers_own_words=True,
    placeholders=("nominee", "told"),
    required=("told",),
)
