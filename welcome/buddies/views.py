"""One's offer to welcome newcomers, and the words that may leave in one's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import Ambassador
from foundation.models import Community
from welcome.buddies import offering
from welcome.buddies.forms import OfferForm, WordsForm
from welcome.buddies.words import SAMPLES, filled_in
from welcome.models import Buddy, BuddyText

if TYPE_CHECKING:
    from ambassadors.models import User

PAGE = "welcome/buddies/offer_edit.html"


@require_GET
def offer_edit(request: HttpRequest) -> HttpResponse:
    """The offer, the words with their preview, and the way out. `?sample=` puts one of three texts to begin from into the form."""
    return _page(request)


@require_POST
def offer_save(request: HttpRequest) -> HttpResponse:
    """Offer to welcome newcomers, or change how."""
    form = OfferForm(request.POST, instance=_own(request), person=cast("User", request.user))
    if not form.is_valid():
        return _page(request, offer_form=form)
    offering.offer(cast("User", request.user), **form.cleaned_data)
    messages.success(request, _("Saved. Thank you for offering to welcome newcomers."))
    return redirect("buddy:offer-edit")


@require_POST
def offer_stop(request: HttpRequest) -> HttpResponse:
    """Offer it no longer."""
    offering.stop(_own_or_404(request), by=cast("User", request.user))
    messages.success(request, _("You are given no more newcomers. Conversations that have begun stay yours."))
    return redirect("buddy:offer-edit")


@require_POST
def words_save(request: HttpRequest) -> HttpResponse:
    """Keep the words as an edition to read through. Nothing leaves with them before one has approved them."""
    buddy, form = _own_or_404(request), WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, words_form=form)
    offering.write_words(buddy, form.cleaned_data["words"], by=cast("User", request.user))
    messages.info(request, _("Kept. Read them once more as a newcomer would, then approve them."))
    return redirect("/settings/buddy/#preview")


@require_POST
def words_approve(request: HttpRequest, number: int) -> HttpResponse:
    """Approve exactly the edition that was read."""
    try:
        offering.approve_words(_own_or_404(request), number, by=cast("User", request.user))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("Approved. From now on newcomers may be welcomed in your name with these words."))
    return redirect("/settings/buddy/#preview")


@require_POST
def words_withdraw(request: HttpRequest) -> HttpResponse:
    """Take the approval back."""
    offering.withdraw_approval(_own_or_404(request), by=cast("User", request.user))
    messages.success(request, _("Taken back. Nothing leaves in your name until you approve words again."))
    return redirect("buddy:offer-edit")


def _own(request: HttpRequest) -> Buddy | None:
    own: Buddy | None = Buddy.objects.visible_to(request.user).filter(person=request.user.pk).first()
    return own


def _own_or_404(request: HttpRequest) -> Buddy:
    return get_object_or_404(Buddy.objects.visible_to(request.user), person=request.user.pk)


def _page(request: HttpRequest, *, offer_form: OfferForm | None = None, words_form: WordsForm | None = None) -> HttpResponse:
    person = cast("User", request.user)
    profile = Ambassador.objects.visible_to(person).active().filter(user=person).first()
    if profile is None:
        return render(request, PAGE, {"profile": None})
    buddy = _own(request)
    texts = list(BuddyText.objects.visible_to(person).filter(buddy=buddy)) if buddy else []
    newest, in_force = texts[0] if texts else None, next((text for text in texts if _is_in_force(text)), None)
    context: dict[str, Any] = {
        "profile": profile,
        "buddy": buddy,
        "offer_form": offer_form or OfferForm(instance=buddy, person=person),
        "words_form": words_form or WordsForm(initial={"words": _first_words(request, newest)}),
        "samples": SAMPLES,
        "newest": newest,
        "in_force": in_force,
        "preview": _as_read(person, newest) if newest else "",
    }
    return render(request, PAGE, context)


def _is_in_force(text: BuddyText) -> bool:
    return text.approved_at is not None and text.withdrawn_at is None


def _first_words(request: HttpRequest, newest: BuddyText | None) -> str:
    """A sample that was asked for, else one's own words."""
    sample = next((one for one in SAMPLES if one.name == request.GET.get("sample")), None)
    return str(sample.words) if sample else newest.words if newest else ""


def _as_read(person: User, text: BuddyText) -> str:
    return filled_in(text.words, newcomer=_("Robin Field"), buddy=person.shown_name, community=Community.current().name)
