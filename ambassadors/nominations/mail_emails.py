"""The mails of a nomination that is written by mail: the form, and what we understood of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import CriteriaEdition, Nomination
from ambassadors.nominations import workflow
from ambassadors.nominations.emails import nomination_of
from ambassadors.nominations.inbound import BACK_HOW, BACK_SUBMIT, FORM_HOW, FORM_INTRO, PREFIX, address_of, answers_in
from ambassadors.nominations.mail_form import Heading, headings
from correspondence import outbox
from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress

if TYPE_CHECKING:
    from ambassadors.models import User


def send_form(person: User) -> None:
    """Send somebody the form, once a minute at most."""
    address_of(person)
    outbox.post("nomination_form", person, key=f"nomination-form:{person.pk}:{timezone.now():%Y%m%d%H%M}")


def address_shown_to(person: User) -> str:
    """The person's own address for nominations, once they have asked for the form: a page makes none."""
    known = ReplyAddress.objects.for_target(PREFIX, person, person)
    return at_our_domain(known.local_part) if known else ""


def _is_member(mail: OutgoingMail) -> bool:
    return mail.person is not None and bool(mail.person.is_member)


def _form(mail: OutgoingMail) -> dict[str, Any]:
    assert mail.person is not None  # noqa: S101  asked just before
    return _asked(headings(CriteriaEdition.objects.in_force())) | {"answer_to": at_our_domain(address_of(mail.person).local_part)}


def _asked(asked: list[Heading]) -> dict[str, Any]:
    return {
        "headings": asked,
        "intro": FORM_INTRO,
        "how": FORM_HOW,
        "url": settings.SITE_URL + reverse("ambassadors:nomination-new"),
    }


def _headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the draft: some programs answer the one, some the other."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def _is_still_a_draft(mail: OutgoingMail) -> bool:
    nomination = nomination_of(mail)
    return nomination is not None and nomination.status in {"draft", "prospect"}


def _read_back(mail: OutgoingMail) -> dict[str, Any]:
    nomination = nomination_of(mail)
    assert nomination is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    asked = headings(CriteriaEdition.objects.in_force())
    missing = workflow.missing_in(nomination) if nomination.status == Nomination.Status.DRAFT else {}
    said = _said(mail, mail.person)
    return said | {
        "name": nomination.name,
        "is_prospect": nomination.status == Nomination.Status.PROSPECT,
        "understood": [(one.words, words) for one in asked if (words := _answer_to(one, nomination))],
        "missing": [one for one in asked if _field_of(one) in missing],
        "how": BACK_HOW,
        "submit": BACK_SUBMIT,
        "url": settings.SITE_URL + nomination.get_absolute_url(),
        "answer_to": at_our_domain(ReplyAddress.objects.of(PREFIX, mail.person, nomination).local_part),
    }


def _said(mail: OutgoingMail, person: User) -> dict[str, Any]:
    """What of the answered mail could not be placed, and what speaks against an address in it: read again from the stored mail."""
    inbound = InboundMail.objects.filter(pk=mail.about["inbound"], person=person).first()
    if inbound is None or not inbound.raw:
        return {"unplaced": [], "problem": ""}
    answers = answers_in(inbound.parsed(), person)
    try:
        workflow.refuse_who_is_here(answers.fields.get("name", ""), answers.fields.get("email", ""), by=person)
    except ValidationError as error:
        return {"unplaced": answers.unplaced, "problem": error.messages[0]}
    return {"unplaced": answers.unplaced if answers else [], "problem": ""}


def _field_of(one: Heading) -> str:
    return f"evidence_{one.key}" if isinstance(one.key, int) else one.key


def _answer_to(one: Heading, nomination: Nomination) -> str:
    if isinstance(one.key, int):
        return next((row.text for row in nomination.evidence.all() if row.criterion_id == one.key), "")
    if one.key == "conflict":
        return nomination.conflict_text or (nomination.get_conflict_display() if nomination.conflict else "")
    if one.key == "nominee_knows":
        return nomination.get_nominee_knows_display() if nomination.nominee_knows else ""
    return str(getattr(nomination, one.key))


def _sample_headings() -> list[Heading]:
    return [Heading(1, "name", str(_("Name"))), Heading(2, "email", str(_("E-mail address")))]


kinds.add(
    "nomination_form",
    Kind(
        name="nomination_form",
        label=_("The form for a nomination"),
        context=_form,
        sample=lambda: _asked(_sample_headings()) | {"answer_to": "nominate+…"},
        still_wanted=_is_member,
        optional=False,
        headers=_headers,
        placeholders=("url",),
    ),
)
kinds.add(
    "nomination_read_back",
    Kind(
        name="nomination_read_back",
        label=_("What we understood of a nomination by mail"),
        context=_read_back,
        sample=lambda: {
            "name": _("Ngozi Example"),
            "is_prospect": False,
            "understood": [(_("Name"), _("Ngozi Example"))],
            "missing": _sample_headings()[1:],
            "unplaced": [],
            "problem": "",
            "how": BACK_HOW,
            "submit": BACK_SUBMIT,
            "url": f"{settings.SITE_URL}{reverse('ambassadors:nomination-list')}7/",
            "answer_to": "nominate+…",
        },
        still_wanted=_is_still_a_draft,
        optional=False,
        headers=_headers,
        placeholders=("name", "url"),
        required=("url",),
    ),
)
