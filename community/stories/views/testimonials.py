"""What one says of the community: offering it, agreeing to a wording, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.models import Testimonial
from community.stories.forms import TestimonialOfferForm
from community.stories.workflow import testimonials
from foundation.access import signed_in
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@signed_in
@require_GET
def testimonial_list(request: HttpRequest) -> HttpResponse:
    """One's own words, and where each of them stands. Whoever has left still finds, and can take back, theirs."""
    own = Testimonial.objects.visible_to(request.user).of(cast("User", request.user))
    return render(request, "community/testimonial_list.html", {"testimonials": list(own[:50])})


@require_http_methods(["GET", "POST"])
def testimonial_offer(request: HttpRequest) -> HttpResponse:
    """Offer a few words."""
    person = cast("User", request.user)
    form = TestimonialOfferForm(request.POST or None, person=person)
    if form.is_valid():
        testimonials.offer(by=person, **form.cleaned_data)
        messages.success(request, _("Thank you. Before anything is shown, we will ask you about the exact wording."))
        return redirect("community:testimonial-list")
    return render(request, "community/testimonial_offer.html", {"form": form})


@signed_in
@require_GET
def testimonial_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own words exactly as they would stand on the page, with the buttons to agree and to take back."""
    return render(request, "community/testimonial_detail.html", {"testimonial": _own(request, pk)})


@signed_in
@require_POST
def testimonial_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent to the words that were on the screen."""
    testimonial = _own(request, pk)
    try:
        testimonials.agree(testimonial, by=cast("User", request.user), seen=request.POST.get("seen", ""))
    except TransitionRefused:
        messages.error(request, _("The wording has changed, or you have answered already. Please look at it again."))
        return redirect("community:testimonial-detail", pk)
    messages.success(request, _("Thank you. You can take your consent back here whenever you like."))
    return redirect("community:testimonial-list")


@signed_in
@require_POST
def testimonial_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, or take consent back."""
    testimonial = _own(request, pk)
    try:
        testimonials.withdraw(testimonial, by=cast("User", request.user))
    except TransitionRefused:
        messages.info(request, _("You have taken these words back already."))
    else:
        messages.success(request, _("Done: these words are on no page of ours."))
    return redirect("community:testimonial-list")


def _own(request: HttpRequest, pk: int) -> Testimonial:
    """Return one's own. What others said is not found here, published or not."""
    own = Testimonial.objects.visible_to(request.user).of(cast("User", request.user))
    return get_object_or_404(own, pk=pk)
