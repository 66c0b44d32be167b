"""What changes about speaking slots: posted, volunteered for, given to one, given back, called off, and talked about afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.outreach import rules
from ambassadors.outreach.offering import offer_to_those_who_speak
from correspondence import due, outbox
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S, V = SpeakingSlot.Status, SlotVolunteer.Status
LATE = timedelta(days=30)  # after which nobody is reminded of a talk any more

GIVE = Transition("gave the slot", frozenset({S.OPEN}), S.GIVEN, rules.runs)
CALL_OFF = Transition("called the slot off", frozenset({S.OPEN, S.GIVEN}), S.CALLED_OFF, rules.runs, gettext_lazy("Call it off"))
GIVE_BACK = Transition("gave the talk back", frozenset({S.GIVEN}), S.OPEN, rules.speaks)
LOST = Transition("lost its speaker", frozenset({S.GIVEN}), S.OPEN, anybody)
AGAIN = Transition("would speak after all", frozenset({V.WITHDRAWN}), V.OFFERED, rules.owns)
WITHDRAW = Transition("would not speak after all", frozenset({V.OFFERED, V.THANKED}), V.WITHDRAWN, rules.owns)
CHOOSE = Transition("was chosen to speak", frozenset({V.OFFERED, V.THANKED}), V.CHOSEN, anybody)
THANK = Transition("was thanked for offering to speak", frozenset({V.OFFERED}), V.THANKED, anybody)
LEAVE = Transition("will not give the talk", frozenset({V.CHOSEN}), V.WITHDRAWN, anybody)


@transaction.atomic
def post(*, by: User, via: Via = Via.WEB, offers: bool = True, **fields: Any) -> SpeakingSlot:
    """Tell members that a speaker is wanted; a few of those who ticked it hear of it by mail."""
    if not rules.may_post(by):
        raise PermissionDenied(f"{by} may not post a slot")
    slot = SpeakingSlot.objects.create(posted_by=by, **fields)
    told = offer_to_those_who_speak(slot) if offers else []
    record("posted a speaking slot", slot, by=by, via=via, note=f"{len(told)} told by mail", after=S.OPEN)
    return slot


@transaction.atomic
def change(slot: SpeakingSlot, *, by: User, via: Via = Via.WEB, **fields: Any) -> None:
    """Correct what a slot says, as long as it is not called off. Who speaks there already is told."""
    held = locked(slot)
    if not rules.runs(by, held):
        raise PermissionDenied(f"{by} may not change {slot}")
    if held.status == S.CALLED_OFF:
        raise TransitionRefused(_("It was called off."))
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    if not changed:
        return
    SpeakingSlot.objects.filter(pk=held.pk).update(**fields)
    record("changed a speaking slot", held, by=by, via=via, note=", ".join(changed))
    slot.refresh_from_db()
    if held.speaker and held.speaker_id != by.pk:
        outbox.post("slot_given", held.speaker, key=f"slot-changed:{held.pk}:{timezone.now():%Y%m%d%H%M%S%f}", slot=held.pk)


@transaction.atomic
def volunteer(slot: SpeakingSlot, *, by: User, words: str = "", via: Via = Via.WEB) -> SlotVolunteer:
    """Say that one would speak. Said twice, the newer words stand."""
    held = locked(slot)
    _check_open(held)
    if not rules.is_ambassador(by) or by.pk == held.posted_by_id:
        raise PermissionDenied(_("Whoever posts a slot asks others."))
    made, is_new = SlotVolunteer.objects.get_or_create(slot=held, person=by, defaults={"words": words})
    if is_new:
        record("would speak", made, by=by, via=via, after=V.OFFERED)
        _tell_volunteered(held, made)
    elif made.status == V.WITHDRAWN:
        apply(AGAIN, made, by=by, via=via, words=words, at=timezone.now())
        _tell_volunteered(held, made)
    elif words:
        SlotVolunteer.objects.filter(pk=made.pk).update(words=words)
    return made


def _check_open(slot: SpeakingSlot) -> None:
    if slot.status != S.OPEN:
        raise TransitionRefused(_("This slot has a speaker by now, or was called off."))
    if slot.is_over_on(timezone.localdate()):
        raise TransitionRefused(_("The day of this talk has passed."))


def _tell_volunteered(slot: SpeakingSlot, one: SlotVolunteer) -> None:
    if slot.posted_by is not None:
        key = f"slot-volunteered:{one.pk}:{one.at:%Y%m%d%H%M%S%f}"
        outbox.post("slot_volunteered", slot.posted_by, key=key, volunteer=one.pk)


def _tell_given_back(slot: SpeakingSlot) -> None:
    if slot.posted_by is not None:
        key = f"slot-given-back:{slot.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        outbox.post("slot_given_back", slot.posted_by, key=key, slot=slot.pk)


@transaction.atomic
def withdraw(slot: SpeakingSlot, *, by: User, via: Via = Via.WEB) -> None:
    """Say that one cannot after all. Whoever was chosen gives the slot back: it looks for a speaker again, and whoever posted it hears."""
    held = locked(slot)
    one = SlotVolunteer.objects.get(slot=held, person=by)
    if one.status != V.CHOSEN:
        apply(WITHDRAW, one, by=by, via=via)
        return
    if held.is_over_on(timezone.localdate()):
        raise TransitionRefused(_("The day of this talk has passed."))
    apply(GIVE_BACK, held, by=by, via=via, speaker=None, reminded_at=None)
    apply(LEAVE, one, by=by, via=via, at=timezone.now())
    _tell_given_back(held)


@transaction.atomic
def without_a_speaker(person: User, via: Via = Via.CLOCK) -> None:
    """Let the talks to come look for a speaker again: theirs has left the community."""
    to_come = SpeakingSlot.objects.filter(speaker=person, status=S.GIVEN, on__gte=timezone.localdate())
    for slot in list(to_come.order_by("pk")):
        held = locked(slot)
        apply(LOST, held, by=None, via=via, speaker=None, reminded_at=None)
        for one in SlotVolunteer.objects.filter(slot=held, person=person, status=V.CHOSEN):
            apply(LEAVE, one, by=None, via=via, at=timezone.now())
        _tell_given_back(held)


@transaction.atomic
def decline(offer: SlotOffer, *, by: User) -> None:
    """Not this time: the card goes, nobody is told, and nothing else changes."""
    SlotOffer.objects.visible_to(by).filter(pk=offer.pk, declined_at=None).update(declined_at=timezone.now())


@transaction.atomic
def give(one: SlotVolunteer, *, by: User, via: Via = Via.WEB) -> None:
    """Give the slot to one of those who volunteered; the others hear politely, and nobody else learns who they were."""
    held = locked(one.slot)  # two may choose at once: the second finds it given
    chosen = SlotVolunteer.objects.who_can_be_given_it().filter(pk=one.pk).select_related("person").first()
    if chosen is None:
        raise TransitionRefused(_("This person cannot be given it any more."))
    apply(GIVE, held, by=by, via=via, speaker=chosen.person, reminded_at=None)
    apply(CHOOSE, chosen, by=by, via=via, about=chosen.person)
    moment = f"{timezone.now():%Y%m%d%H%M%S%f}"
    outbox.post("slot_given", chosen.person, key=f"slot-given:{chosen.pk}:{moment}", slot=held.pk)
    for other in SlotVolunteer.objects.filter(slot=held, status=V.OFFERED).select_related("person").order_by("pk"):
        apply(THANK, other, by=by, via=via, about=other.person)
        outbox.post("slot_thanks", other.person, key=f"slot-thanks:{other.pk}", volunteer=other.pk)


@transaction.atomic
def call_off(slot: SpeakingSlot, *, by: User, via: Via = Via.WEB) -> None:
    """No talk after all: whoever would have spoken is told."""
    held = locked(slot)
    apply(CALL_OFF, held, by=by, via=via, speaker=None)
    for one in SlotVolunteer.objects.filter(slot=held, status__in=[V.OFFERED, V.CHOSEN]).select_related("person"):
        outbox.post("slot_called_off", one.person, key=f"slot-called-off:{one.pk}", slot=held.pk)


def locked(slot: SpeakingSlot) -> SpeakingSlot:
    """The slot as it is now, held until the transaction ends."""
    slots = SpeakingSlot.objects.select_for_update(no_key=True, of=("self",)).select_related("posted_by", "speaker")
    held: SpeakingSlot = slots.get(pk=slot.pk)
    return held


def remind_speakers() -> int:
    """The day after a talk, ask its speaker once who listened and where it can be seen; return how many."""
    now = timezone.now()
    talked = SpeakingSlot.objects.talked_before(now).filter(reminded_at=None, on__gte=timezone.localdate() - LATE)
    talked = talked.filter(speaker__is_active=True).without_a_log()
    return sum(_remind(slot) for slot in list(talked.select_related("speaker").order_by("pk")))


def _remind(slot: SpeakingSlot) -> bool:
    with transaction.atomic():
        # The empty date is the token: of two clocks one moves it, and posts the mail with it.
        if not SpeakingSlot.objects.filter(pk=slot.pk, status=S.GIVEN, reminded_at=None).update(reminded_at=timezone.now()):
            return False
        outbox.post("talk_reminder", slot.speaker, key=f"talk-reminder:{slot.pk}:{slot.speaker_id}", slot=slot.pk)
    return True


due.steps.add("talks to log", remind_speakers)
