"""The page of an invitation, and what can be pressed on it. Its link shows as often as one likes; only a POST changes anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.cleaning import clean_text
from ambassadors.inviting import forms, joining, wishes, workflow
from ambassadors.inviting.emails import cosigner_of, last_moment
from ambassadors.inviting.seats import INVITATION_LINK
from ambassadors.models import Ambassador, CommitmentsEdition, Invitation, Nomination
from ambassadors.nominations.doubles import same_address
from ambassadors.privacy import PersonRow, cards_for
from foundation import tokens
from foundation.access import public
from foundation.models import Token
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.inviting.joining import Joined
    from ambassadors.models import User

ASKS = "6/m/ip,30/h/ip"  # from one internet address
FACES = 6


def invitation_page(view: Callable[..., HttpResponse]) -> Any:
    """Hand `view` the live token, and answer for all others: one page for every dead link, one for whoever is signed in as another."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            live = tokens.find(INVITATION_LINK, token)
            if _is_somebody_else(request, live):
                return render(request, "ambassadors/inviting/somebody_else.html", {"token": token}, status=403)
            return view(request, live, token, **kwargs)
        except (tokens.TokenRefused, TransitionRefused):
            return render(request, "ambassadors/inviting/link_dead.html", {"token": token, **_asking()}, status=410)

    return public(tokens.token_page(wrapped))


def _is_somebody_else(request: HttpRequest, token: Token) -> bool:
    if not request.user.is_authenticated:
        return False
    owner = same_address(token.address)
    return owner is None or owner.pk != request.user.pk


def _asking() -> dict[str, Any]:
    return {"address_form": forms.InvitationAddressAskForm(auto_id="other_%s")}


@invitation_page
@require_GET
def invitation_detail(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """What this is, what it asks, who is here, and what one can answer."""
    return _page(request, live, token)


def _page(request: HttpRequest, live: Token, token: str, status: int = 200, **given: Any) -> HttpResponse:
    invitation = _invitation(live)
    edition = CommitmentsEdition.objects.visible_to(AnonymousUser()).current()
    context = {
        "token": token,
        "invitation": invitation,
        "nominator": cosigner_of(invitation),
        "open_until": last_moment(invitation),
        "edition": edition,
        "commitments": list(edition.items.all()) if edition else [],
        "has_affirmed": joining.edition_to_affirm(invitation) is None,
        "people": _faces(),
        "accept_form": forms.InvitationAcceptForm.offered(invitation),
        "decline_form": forms.InvitationDeclineForm(auto_id="decline_%s"),
        "call_form": forms.InvitationCallAskForm(auto_id="call_%s"),
        **_asking(),
        **given,
    }
    return render(request, "ambassadors/inviting/invitation_detail.html", context, status=status)


def _invitation(live: Token) -> Invitation:
    rows = Invitation.objects.filter(pk=workflow.subject_of(live).pk)  # unscoped: the link is the key to this one
    return rows.select_related("nomination", "cosigner__ambassador").get()


def _faces() -> Any:
    """The newest of those whom every visitor finds, as visitors see them."""
    visitor = AnonymousUser()
    people = Ambassador.objects.listed_to(visitor).active().order_by("-joined_at", "-pk")  # unscoped: narrower than `visible_to`
    rows: Any = people.as_rows()[:FACES]
    return cards_for(visitor, [PersonRow.of(row) for row in rows])


@invitation_page
@require_POST
def invitation_affirm(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Affirm the edition that one has read."""
    number = request.POST.get("edition", "")
    try:
        joining.affirm(live, int(number) if number.isdecimal() and len(number) < 10 else 0)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(reverse("ambassadors:invitation-detail", args=[token]) + "#yes")


@invitation_page
@require_POST
def invitation_accept(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Confirm the first profile; a code goes to the address of the link."""
    form = forms.InvitationAcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, live, token, status=422, accept_form=form)
    try:
        if not joining.accept(live, form.profile()):
            messages.error(request, _("This was the last code for this link. Ask for a new link, and begin anew."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("ambassadors:invitation-detail", token)
    return redirect("ambassadors:invitation-code", token)


@invitation_page
@require_GET
def invitation_code(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """The field for the code."""
    if not workflow.subject_of(live).codes_sent:
        return redirect("ambassadors:invitation-detail", token)
    return _code_page(request, token, forms.InvitationJoinForm())


def _code_page(request: HttpRequest, token: str, form: forms.InvitationJoinForm, status: int = 200) -> HttpResponse:
    return render(request, "ambassadors/inviting/invitation_code.html", {"token": token, "form": form}, status=status)


@invitation_page
@require_POST
def invitation_code_send(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Mail another code."""
    try:
        if joining.send_code(live):
            messages.success(request, _("A new code is on its way. The one before it no longer works."))
        else:
            messages.error(request, _("This was the last code for this link. Ask for a new link, and begin anew."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("ambassadors:invitation-detail", token)
    return redirect("ambassadors:invitation-code", token)


@invitation_page
@require_POST
def invitation_join(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Type in the code: an account, a profile, and the door is open."""
    form = forms.InvitationJoinForm(request.POST)
    if not form.is_valid():
        return _code_page(request, token, form, status=422)
    try:
        joined = joining.join(live, form.cleaned_data["code"])
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("ambassadors:invitation-detail", token)
    if joined is None:
        form.add_error("code", _("This is not the newest code, or it was tried too often. You can have a new one sent."))
        return _code_page(request, token, form, status=422)
    return _sign_in(request, live, joined)


def _sign_in(request: HttpRequest, live: Token, joined: Joined) -> HttpResponse:
    """As whoever signs in with a code: a second factor that guards an older account is asked for."""
    greeting = _("Welcome. It is good to have you here.") if joined.is_new else _("You belong already: welcome back.")
    messages.success(request, greeting)
    if request.user.is_authenticated:
        return redirect("community:desk")
    record_authentication(request, joined.person, method="code", email=live.address)
    login = Login(user=joined.person, redirect_url=reverse("community:desk"), email=live.address)
    signed_in: HttpResponse = perform_login(request, login)
    return signed_in


@invitation_page
@require_POST
def invitation_decline(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Say no."""
    form = forms.InvitationDeclineForm(request.POST, auto_id="decline_%s")
    if not form.is_valid():
        return _page(request, live, token, status=422, decline_form=form)
    workflow.decline(live, form.cleaned_data["reason"])
    return redirect("ambassadors:invitation-declined")


@invitation_page
@require_POST
def invitation_call_ask(request: HttpRequest, live: Token, token: str) -> HttpResponse:
    """Ask for a call with somebody who is here."""
    form = forms.InvitationCallAskForm(request.POST, auto_id="call_%s")
    if not form.is_valid():
        return _page(request, live, token, status=422, call_form=form)
    if (refused := _too_many(request)) is not None:
        return refused
    wishes.ask_for_call(live, form.cleaned_data["words"], form.cleaned_data["person"])
    messages.success(request, _("Your wish is with us. Somebody writes to you to find a time."))
    return redirect("ambassadors:invitation-detail", token)


@public
@tokens.token_page
@require_POST
def invitation_sign_out(request: HttpRequest, token: str) -> HttpResponse:
    """Sign out whoever is signed in, and open the link again as a visitor. A page without a referrer cannot post to allauth's own."""
    get_adapter().logout(request)
    return redirect("ambassadors:invitation-detail", token)


@public
@tokens.token_page
@require_POST
def invitation_renewal_ask(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new link in place of any link; the answer is the same whatever there was."""
    if (refused := _too_many(request)) is not None:
        return refused
    wishes.ask_for_new(token)
    return redirect("ambassadors:invitation-asked")


@public
@tokens.token_page
@require_POST
def invitation_address_ask(request: HttpRequest, token: str) -> HttpResponse:
    """Ask that the invitation comes to another address of one's own; the answer is the same whatever there was."""
    form = forms.InvitationAddressAskForm(request.POST, auto_id="other_%s")
    if not form.is_valid():
        context = {"token": token, "address_form": form}
        return render(request, "ambassadors/inviting/link_dead.html", context, status=422)
    if (refused := _too_many(request)) is not None:
        return refused
    wishes.ask_for_address(token, form.cleaned_data["email"])
    return redirect("ambassadors:invitation-asked")


def _too_many(request: HttpRequest) -> HttpResponse | None:
    if ratelimit.consume(request, app="ambassadors", action="invitation_ask", config={"invitation_ask": ASKS}):
        return None
    refused: HttpResponse = ratelimit.respond_429(request)
    return refused


@require_POST
def nomination_word_save(request: HttpRequest, pk: int) -> HttpResponse:
    """A personal word of the one who nominated, with the invitation that is open."""
    me = cast("User", request.user)
    nomination = get_object_or_404(Nomination.objects.visible_to(me).own(me), pk=pk)
    invitation = workflow.open_invitation_of(nomination, me)
    if invitation is None:
        messages.warning(request, _("There is no open invitation any more that your word could go with."))
        return redirect("ambassadors:nomination-detail", pk)
    try:
        workflow.write_word(invitation, clean_text(request.POST.get("note", "")), by=me)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("Your word goes with the invitation."))
    return redirect("ambassadors:nomination-detail", pk)


@public
@require_GET
def invitation_asked(request: HttpRequest) -> HttpResponse:
    """What happens after one has asked."""
    return render(request, "ambassadors/inviting/invitation_asked.html")


@public
@require_GET
def invitation_declined(request: HttpRequest) -> HttpResponse:
    """Thanks to somebody who said no."""
    return render(request, "ambassadors/inviting/invitation_declined.html")
