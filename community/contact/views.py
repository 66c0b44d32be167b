"""The contact form and what follows it. No page of it but the thanks comes from the cache: the form holds a token."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from community.contact import workflow
from community.contact.forms import ContactForm
from community.pages.reading import text_of
from correspondence.addresses import team_address
from foundation import tokens
from foundation.access import public, public_page

A_MINUTE, AN_HOUR = "1/m/ip", "6/h/ip"  # messages from one internet address


@public
@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    """The form; `?to=` chooses whom it is for."""
    return _page(request, ContactForm(reader=request.user, initial={"to": request.GET.get("to", "")}))


@public
@require_POST
def contact_send(request: HttpRequest) -> HttpResponse:
    """Take the message. Whatever speaks against it, its words stay on the page."""
    form = ContactForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _page(request, form)
    if workflow.is_known(form.nonce):  # pressed twice
        return redirect("community:contact-thanks")
    is_doubtful = (form.looks_like_spam or _is_flood(request)) and not form.is_proven
    if is_doubtful and not form.cleaned_data["asked"]:
        form.ask_for_proof()
        return _page(request, form, proof_wanted=True)
    return _too_many(request, form) or _taken(request, form, is_doubtful=is_doubtful)


@public_page
@require_GET
def contact_thanks(request: HttpRequest) -> HttpResponse:
    """What happens to the message now."""
    return render(request, "community/contact/thanks.html")


@public_page
@require_GET
def contact_waits(request: HttpRequest) -> HttpResponse:
    """That a mail asks to confirm the message."""
    return render(request, "community/contact/waits.html")


@public
@tokens.token_page
@require_GET
def contact_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The message once more, with the button that sends it. Looking sends nothing: programs that scan mail open links."""
    message = tokens.find(workflow.CONFIRM_LINK, token).subject
    return render(request, "community/contact/confirm.html", {"message": message, "token": token})


@public
@tokens.token_page
@require_POST
def contact_confirm_send(request: HttpRequest, token: str) -> HttpResponse:
    """Pass the confirmed message on."""
    workflow.confirm(tokens.find(workflow.CONFIRM_LINK, token))
    return redirect("community:contact-thanks")


def _is_flood(request: HttpRequest) -> bool:
    return not request.user.is_authenticated and workflow.is_flooded()


def _too_many(request: HttpRequest, form: ContactForm) -> HttpResponse | None:
    """Refuse the second message of a minute, counted by internet address, and say when there is room again."""
    for rate, seconds in ((A_MINUTE, 60), (AN_HOUR, 3600)):
        if not ratelimit.consume(request, app="community", action="contact", config={"contact": rate}):
            minutes = seconds // 60
            form.add_error(
                None,
                ngettext(
                    "From your internet address a message came just now. Yours is still here: please press “Send” again in a minute.",
                    "From your internet address many messages came lately. Yours is still here: please press “Send” again within %(minutes)d minutes, or write to %(address)s.",
                    minutes,
                )
                % {"minutes": minutes, "address": team_address()},
            )
            return _page(request, form, status=429, headers={"Retry-After": str(seconds)})
    return None


def _taken(request: HttpRequest, form: ContactForm, *, is_doubtful: bool) -> HttpResponse:
    fields = {name: form.cleaned_data[name] for name in form.SHOWN}
    if not is_doubtful:
        workflow.take(nonce=form.nonce, **fields)
        return redirect("community:contact-thanks")
    try:
        workflow.take_unconfirmed(nonce=form.nonce, **fields)
    except workflow.TooManyMails:
        form.add_error(None, _("We cannot send another mail to this address today. Please write to %s instead.") % team_address())
        return _page(request, form, status=429)
    return redirect("community:contact-waits")


def _page(
    request: HttpRequest, form: ContactForm, *, proof_wanted: bool = False, status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    context = {"form": form, "text": text_of(request, "contact"), "proof_wanted": proof_wanted, "address": team_address()}
    page = render(request, "community/contact/form.html", context, status=status)
    page.headers["Cache-Control"] = "private, no-store"
    for name, value in (headers or {}).items():
        page.headers[name] = value
    return page
