"""The menu of ways to take part: for everybody to read, for members to tick, and what is asked of those who did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.engagement import workflow
from ambassadors.engagement.forms import AnswerForm, OfferForm
from ambassadors.models import Ambassador, EngagementAsk, EngagementOffer, EngagementOption
from foundation import tokens
from foundation.access import public, public_page, signed_in
from foundation.models import Via
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@public_page
@require_GET
def engagement(request: HttpRequest) -> HttpResponse:
    """Each way of taking part with concrete examples; each example leads to where it begins, through the door where there is one."""
    options = EngagementOption.objects.visible_to(request.user).offered().with_examples()
    return render(request, "ambassadors/engagement.html", {"options": options})


@signed_in
@require_GET
def engagement_edit(request: HttpRequest) -> HttpResponse:
    """One's own ticks, one card and one small form each. `?way=` opens one of them."""
    own = _own(request)
    if own is None:
        return render(request, "ambassadors/engagement_edit.html", {"own": None})
    return _menu(request, own, shown=request.GET.get("way", ""))


@require_POST
def offer_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick one way, or change how it is ticked. A first tick needs nothing but the press of its button."""
    own, option = _own_and_option(request, slug)
    made = EngagementOffer.objects.visible_to(request.user).filter(ambassador=own, option=option).first()
    form = OfferForm(_with_defaults(request, slug), instance=made, prefix=slug)
    if not form.is_valid():
        return _menu(request, own, shown=slug, wrong=form)
    workflow.offer(own, option, by=cast("User", request.user), **form.values())
    messages.success(request, _("Saved: %s.") % option)
    return _back_to(slug)


@require_POST
def offer_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one tick back."""
    offers = EngagementOffer.objects.visible_to(request.user).filter(ambassador__user=request.user.pk)
    made = get_object_or_404(offers.with_person(), option__slug=slug)
    workflow.withdraw_offer(made, by=cast("User", request.user))
    messages.success(request, _("You no longer offer: %s.") % made.option)
    return _back_to("")


def _own(request: HttpRequest) -> Ambassador | None:
    people = Ambassador.objects.visible_to(request.user).active()
    own: Ambassador | None = people.filter(user=request.user.pk).select_related("user").first()
    return own


def _own_and_option(request: HttpRequest, slug: str) -> tuple[Ambassador, EngagementOption]:
    own = _own(request)
    if own is None:
        raise Http404
    return own, get_object_or_404(EngagementOption.objects.visible_to(request.user), slug=slug)


def _with_defaults(request: HttpRequest, slug: str) -> dict[str, Any]:
    usual = {f"{slug}-frequency": EngagementOffer.Frequency.NOW_AND_THEN, f"{slug}-audience": "members"}
    return usual | request.POST.dict()


def _back_to(slug: str) -> HttpResponseRedirect:
    way = f"?way={slug}#{slug}" if slug else ""
    return HttpResponseRedirect(reverse("ambassadors:engagement-edit") + way)


def _menu(request: HttpRequest, own: Ambassador, *, shown: str, wrong: OfferForm | None = None) -> HttpResponse:
    options = list(EngagementOption.objects.visible_to(request.user))
    made = {one.option_id: one for one in EngagementOffer.objects.visible_to(request.user).filter(ambassador=own)}
    today = timezone.localdate()
    rows = [_row(option, made.get(option.pk), shown, wrong, today) for option in options if option.is_offered or option.pk in made]
    return render(request, "ambassadors/engagement_edit.html", {"own": own, "rows": rows, "ticked": len(made)})


def _row(option: EngagementOption, made: EngagementOffer | None, shown: str, wrong: OfferForm | None, today: Any) -> dict[str, Any]:
    """One card of the page: the option, the offer there may be, and its form."""
    is_shown = option.slug == shown
    form = wrong if wrong is not None and is_shown else OfferForm(instance=made, prefix=option.slug)
    is_paused = made is not None and made.is_paused_on(today)
    return {
        "option": option,
        "offer": made,
        "form": form,
        "is_shown": is_shown,
        "is_paused": is_paused,
        "has_form": made or (wrong is not None and is_shown),
    }


@require_GET
def engagement_request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one was asked, and one's answer."""
    one = _own_ask(request, pk)
    return _ask_page(request, one, AnswerForm(initial={"answer": one.answer, "word": one.word}))


@require_POST
def engagement_request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, or change one's answer."""
    one = _own_ask(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, one, form)
    _answer(request, one, form, by=cast("User", request.user), via=Via.WEB)
    return redirect("ambassadors:engagement-request-detail", pk)


def _own_ask(request: HttpRequest, pk: int) -> EngagementAsk:
    asks = EngagementAsk.objects.visible_to(request.user).filter(person=request.user.pk)
    return get_object_or_404(asks.select_related("request__option", "request__by", "person"), request=pk)


def _ask_page(request: HttpRequest, one: EngagementAsk, form: AnswerForm) -> HttpResponse:
    return render(request, "ambassadors/engagement_request_detail.html", {"ask": one, "request_made": one.request, "form": form})


def _answer(request: HttpRequest, one: EngagementAsk, form: AnswerForm, *, by: User, via: Via) -> None:
    try:
        workflow.answer(one, form.cleaned_data["answer"], word=form.cleaned_data["word"], by=by, via=via)
    except TransitionRefused:
        messages.warning(request, _("This request has been closed in the meantime. Thank you all the same."))
    else:
        messages.success(request, _("Thank you: your answer is with the support team."))


@public  # the link in the mail opens one answer, and nothing else
@tokens.token_page
@require_GET
def engagement_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The same without signing in: the request, and a button for each answer."""
    one = _linked_ask(token)
    return _link_page(request, one, token, AnswerForm(initial={"answer": one.answer, "word": one.word}))


@public  # likewise
@tokens.token_page
@require_POST
def engagement_answer_save(request: HttpRequest, token: str) -> HttpResponse:
    """Take the answer that was given through the link."""
    one = _linked_ask(token)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _link_page(request, one, token, form)
    _answer(request, one, form, by=one.person, via=Via.MAIL)
    return redirect("ambassadors:engagement-answer", token)


def _linked_ask(token: str) -> EngagementAsk:
    one = tokens.find(workflow.ANSWER_LINK, token).subject
    assert isinstance(one, EngagementAsk)  # noqa: S101  the purpose has looked
    return one


def _link_page(request: HttpRequest, one: EngagementAsk, token: str, form: AnswerForm) -> HttpResponse:
    context = {"ask": one, "request_made": one.request, "form": form, "token": token}
    return render(request, "ambassadors/engagement_answer.html", context)
