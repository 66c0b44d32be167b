"""What is mailed about speaking slots: to those whom one is offered to, to who posted it, and to those who volunteered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.outreach.emails import answer_to, answered_at, site
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PREFIX = "speaking"
S, V = SpeakingSlot.Status, SlotVolunteer.Status


def _facts(slot: SpeakingSlot) -> dict[str, Any]:
    """What each mail may say of a slot."""
    return {
        "title": slot.title,
        "topic": str(slot.topic or ""),
        "day": date_format(slot.on, "l j F Y"),
        "place": " · ".join(part for part in (slot.place, _("online") if slot.is_online else "") if part),
        "audience": slot.audience,
        "words": slot.words,
        "wanted_by": date_format(slot.wanted_by, "j F"),
        "posted_by": str(slot.posted_by or _("The support team")),
        "url": site("slot-detail", slot.pk),
    }


def _slot_of(mail: OutgoingMail) -> SpeakingSlot | None:
    if mail.person is None:
        return None
    slots = SpeakingSlot.objects.visible_to(mail.person).filter(pk=mail.about["slot"])
    found: SpeakingSlot | None = slots.select_related("topic", "posted_by").first()
    return found


def _slot_context(mail: OutgoingMail) -> dict[str, Any]:
    slot = _slot_of(mail)
    assert slot is not None  # noqa: S101  asked just before
    return _facts(slot)


def _offer_of(mail: OutgoingMail) -> SlotOffer | None:
    if mail.person is None or not mail.person.is_member:
        return None
    waiting = SlotOffer.objects.visible_to(mail.person).waiting_on(timezone.localdate()).filter(pk=mail.about["offer"])
    found: SlotOffer | None = waiting.select_related("slot__topic", "slot__posted_by", "person").first()
    return found


def _offer_context(mail: OutgoingMail) -> dict[str, Any]:
    offer = _offer_of(mail)
    assert offer is not None  # noqa: S101  asked just before
    return _facts(offer.slot) | {"answer_to": answer_to(offer.person, offer, PREFIX)}


def _volunteer_of(mail: OutgoingMail) -> SlotVolunteer | None:
    """The volunteer that a mail speaks of, while its reader may know of them."""
    if mail.person is None:
        return None
    rows = SlotVolunteer.objects.visible_to(mail.person).filter(pk=mail.about["volunteer"])
    found: SlotVolunteer | None = rows.select_related("slot__topic", "slot__posted_by", "person").first()
    return found


def _volunteer_context(mail: OutgoingMail) -> dict[str, Any]:
    one = _volunteer_of(mail)
    assert one is not None  # noqa: S101  asked just before
    own = {"said": ""} if one.person_id == mail.person_id else {"volunteer": str(one.person), "said": one.words}
    return _facts(one.slot) | own


def _still(*states: str) -> Callable[[OutgoingMail], bool]:
    def is_wanted(mail: OutgoingMail) -> bool:
        one = _volunteer_of(mail)
        return one is not None and one.status in states and one.slot.status != S.CALLED_OFF

    return is_wanted


def _speaks_still(mail: OutgoingMail) -> bool:
    slot = _slot_of(mail)
    return slot is not None and slot.status == S.GIVEN and slot.speaker_id == mail.person_id


def _is_called_off(mail: OutgoingMail) -> bool:
    slot = _slot_of(mail)
    return slot is not None and slot.status == S.CALLED_OFF


def _is_open_again(mail: OutgoingMail) -> bool:
    slot = _slot_of(mail)
    return slot is not None and slot.status == S.OPEN and slot.posted_by_id == mail.person_id


def _sample() -> dict[str, Any]:
    return {
        "title": _("What a small charity can measure"),
        "topic": _("Measurement"),
        "day": _("Tuesday 3 March 2026"),
        "place": _("Leeds"),
        "audience": _("Sixty trustees of local charities"),
        "words": _("Twenty minutes and many questions. They have heard enough theory."),
        "wanted_by": _("10 February"),
        "posted_by": _("Amara Example"),
        "url": f"{settings.SITE_URL}/outreach/speaking/7/",
        "volunteer": _("Jo Example"),
        "said": _("I have given it twice, with a box of apples."),
        "answer_to": "speaking+…",
    }


def _kind(name: str, label: StrPromise, description: StrPromise, *required: str, **given: Any) -> None:
    placeholders = ("title", "topic", "day", "place", "audience", "words", "wanted_by", "posted_by", "url", *required)
    kinds.add(
        name,
        Kind(
            name=name,
            label=label,
            description=description,
            sample=_sample,
            link=lambda mail, context: str(context["url"]),
            placeholders=tuple(dict.fromkeys(placeholders)),
            required=required or ("title",),
            **given,
        ),
    )


_kind(
    "slot_offered",
    gettext_lazy("Somebody looks for a speaker"),
    gettext_lazy("When you ticked that you speak in public and are not away. A few times a month at most."),
    "title",
    "url",
    context=_offer_context,
    still_wanted=lambda mail: _offer_of(mail) is not None,
    headers=answered_at,
    asks=True,
)
_kind(
    "slot_volunteered",
    gettext_lazy("Somebody would speak where you look for a speaker"),
    gettext_lazy("When somebody volunteers for a speaking slot that you posted."),
    "volunteer",
    "url",
    context=_volunteer_context,
    still_wanted=_still(V.OFFERED),
    answers_own_words=True,
)
_kind(
    "slot_given",
    gettext_lazy("You speak"),
    gettext_lazy("When a slot you volunteered for is given to you, or changes afterwards."),
    context=_slot_context,
    still_wanted=_speaks_still,
    answers_own_words=True,
)
_kind(
    "slot_thanks",
    gettext_lazy("Thank you for offering to speak"),
    gettext_lazy("When somebody else speaks where you had volunteered."),
    context=_volunteer_context,
    still_wanted=_still(V.THANKED),
    answers_own_words=True,
)
_kind(
    "slot_called_off",
    gettext_lazy("A talk was called off"),
    gettext_lazy("When a slot you volunteered for is called off."),
    context=_slot_context,
    still_wanted=_is_called_off,
    answers_own_words=True,
)
_kind(
    "slot_given_back",
    gettext_lazy("Your slot looks for a speaker again"),
    gettext_lazy("When the speaker of a slot that you posted cannot after all."),
    "title",
    "url",
    context=_slot_context,
    still_wanted=_is_open_again,
    answers_own_words=True,
)
