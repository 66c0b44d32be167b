"""Where somebody is wanted to speak: the list, posting, volunteering, giving a slot to one, and logging the talk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.models import OutreachEntry, SlotOffer, SlotVolunteer, SpeakingSlot
from ambassadors.outreach import entries, rules, slots
from ambassadors.outreach.forms import SlotForm, TalkForm, VolunteerForm
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 50
MOST_PAST = 12
S, V = SpeakingSlot.Status, SlotVolunteer.Status


@require_GET
def slot_list(request: HttpRequest) -> HttpResponse:
    """What looks for a speaker, who speaks where soon, and the last talks."""
    today = timezone.localdate()
    seen = SpeakingSlot.objects.visible_to(request.user).select_related("topic", "speaker")
    context = {
        "open": seen.open_on(today).order_by("wanted_by", "pk")[:MOST],
        "given": seen.filter(status=S.GIVEN, on__gte=today).order_by("on", "pk")[:MOST],
        "past": seen.filter(status=S.GIVEN, on__lt=today).order_by("-on", "-pk")[:MOST_PAST],
    }
    return render(request, "ambassadors/outreach/slot_list.html", context)


@require_http_methods(["GET", "POST"])
def slot_create(request: HttpRequest) -> HttpResponse:
    """Say where a speaker is wanted."""
    by = cast("User", request.user)
    form = SlotForm(request.POST or None, reader=by)
    if request.method == "POST" and form.is_valid():
        slot = slots.post(by=by, **form.values())
        messages.success(request, _("Posted. Some of those who offered to speak hear of it by mail, the others here."))
        return redirect(slot)
    return render(request, "ambassadors/outreach/slot_create.html", {"form": form})


def _slot(request: HttpRequest, pk: int) -> SpeakingSlot:
    seen = SpeakingSlot.objects.visible_to(request.user).select_related("topic", "speaker", "posted_by")
    return get_object_or_404(seen, pk=pk)


@require_GET
def slot_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One slot. Who volunteered, only whoever posted it and the support team read."""
    return _page(request, _slot(request, pk), VolunteerForm())


def _page(request: HttpRequest, slot: SpeakingSlot, form: VolunteerForm) -> HttpResponse:
    reader, today = cast("User", request.user), timezone.localdate()
    rows = SlotVolunteer.objects.visible_to(reader).filter(slot=slot).select_related("person__ambassador").order_by("at", "pk")
    runs = rules.runs(reader, slot)
    volunteers = list(rows)
    own = next((one for one in volunteers if one.person_id == reader.pk), None)
    is_over = slot.is_over_on(today)
    context = {
        "slot": slot,
        "own": own,
        "form": form,
        "runs": runs,
        "volunteers": [one for one in volunteers if one.status != V.WITHDRAWN] if runs else [],
        "may_give": runs and slot.status == S.OPEN,
        "may_volunteer": rules.is_ambassador(reader) and slot.status == S.OPEN and not is_over and slot.posted_by_id != reader.pk,
        "is_over": is_over,
        "may_log": is_over and rules.speaks(reader, slot) and not _is_logged(reader, slot),
    }
    return render(request, "ambassadors/outreach/slot_detail.html", context)


def _is_logged(reader: User, slot: SpeakingSlot) -> bool:
    return bool(OutreachEntry.objects.visible_to(reader).logged().filter(slot=slot, person=reader).exists())


@require_http_methods(["GET", "POST"])
def slot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a slot says."""
    slot, by = _slot(request, pk), cast("User", request.user)
    if not rules.runs(by, slot) or slot.status == S.CALLED_OFF:
        raise PermissionDenied(_("Whoever posted it, or the support team, changes a slot until it is called off."))
    form = SlotForm(request.POST or None, instance=slot, reader=by)
    if request.method == "POST" and form.is_valid():
        return _done(request, slot, lambda: slots.change(slot, by=by, **form.values()), _("Saved."))
    return render(request, "ambassadors/outreach/slot_edit.html", {"slot": slot, "form": form})


@require_POST
def slot_volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one would speak, with a few words."""
    slot, by = _slot(request, pk), cast("User", request.user)
    form = VolunteerForm(request.POST)
    if not form.is_valid():
        return _page(request, slot, form)
    words = form.cleaned_data["words"]
    return _done(request, slot, lambda: slots.volunteer(slot, by=by, words=words), _("Thank you. You hear whoever is chosen."))


@require_POST
def slot_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one cannot after all."""
    slot, by = _slot(request, pk), cast("User", request.user)
    if not SlotVolunteer.objects.visible_to(by).filter(slot=slot, person=by).exists():
        raise Http404
    return _done(request, slot, lambda: slots.withdraw(slot, by=by), _("Noted: you do not speak there."))


@require_POST
def slot_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this time: the offer leaves one's desk."""
    offer = get_object_or_404(SlotOffer.objects.visible_to(request.user), slot=pk)
    slots.decline(offer, by=cast("User", request.user))
    messages.success(request, _("Not this time, then. Nobody is told."))
    return redirect("ambassadors:slot-list")


@require_POST
def slot_give(request: HttpRequest, pk: int, volunteer: int) -> HttpResponse:
    """Give the slot to one of those who volunteered."""
    slot, by = _slot(request, pk), cast("User", request.user)
    one = SlotVolunteer.objects.visible_to(by).filter(slot=slot, pk=volunteer).select_related("slot", "person").first()
    if one is None or not rules.runs(by, slot):
        raise Http404  # who volunteered is not known to anybody else
    said = _("%(name)s speaks. The others hear kindly.") % {"name": one.person}
    return _done(request, slot, lambda: slots.give(one, by=by), said)


@require_POST
def slot_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """No talk after all."""
    slot, by = _slot(request, pk), cast("User", request.user)
    return _done(request, slot, lambda: slots.call_off(slot, by=by), _("Called off. Whoever would have spoken is told."))


@require_http_methods(["GET", "POST"])
def slot_log(request: HttpRequest, pk: int) -> HttpResponse:
    """After the talk its speaker says who listened, and where it can be seen: it counts in outreach."""
    slot, by = _slot(request, pk), cast("User", request.user)
    if not rules.speaks(by, slot):
        raise Http404
    if not slot.is_over_on(timezone.localdate()) or _is_logged(by, slot):
        return redirect(slot)
    draft = OutreachEntry.objects.visible_to(by).drafts().filter(slot=slot, person=by).first()
    form = TalkForm(request.POST or None, instance=draft, reader=by)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {**form.values(), "what": _("Talk: %(title)s") % {"title": slot.title}, "on": slot.on}
        return _done(request, slot, lambda: entries.log(by, slot=slot, **said), _("Logged. Thank you for speaking."))
    return render(request, "ambassadors/outreach/slot_log.html", {"slot": slot, "form": form})


def _done(request: HttpRequest, slot: SpeakingSlot, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do it, and say so; or say what happened in the meantime."""
    try:
        act()
    except TransitionRefused as refused:
        messages.warning(request, _meanwhile(refused))
    else:
        messages.success(request, said)
    return redirect(slot)


def _meanwhile(refused: TransitionRefused) -> str:
    """A refusal of ours is a sentence; the one of `apply` is for the log."""
    said = str(refused.args[0]) if refused.args else ""
    return said if said.endswith(".") else _("Somebody was quicker: this is how it stands now.")
