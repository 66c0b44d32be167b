"""The archive of the Update, and how somebody without an account gets it. The form holds a token, so its page is not kept."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_GET, require_POST, require_safe

from community.update.feeds import UpdateFeed
from community.update.forms import SubscribeForm
from correspondence.addresses import team_address
from correspondence.models import Subscription, Update
from correspondence.update import subscribing
from correspondence.update.content import context_of
from foundation.access import public, public_page
from foundation.tokens import TokenUnknown, token_page

A_MINUTE, AN_HOUR = "3/m/ip", "12/h/ip"  # questions from one internet address
A_PAGE = 100  # eight years of one a month


@public_page
@require_GET
def update_list(request: HttpRequest) -> HttpResponse:
    """What went out, the newest first."""
    updates = Update.objects.visible_to(request.user).out().newest_first()[:A_PAGE]
    return render(request, "update/list.html", {"updates": updates})


@public_page
@require_GET
def update_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One Update as it reads today: what was withdrawn since is no longer in it."""
    out = Update.objects.visible_to(AnonymousUser()).out().with_parts()
    update = get_object_or_404(out, slug=slug)
    return render(request, "update/detail.html", {"update": update, **context_of(update)})


@public_page
@require_safe
@conditional_page
def update_feed(request: HttpRequest) -> HttpResponse:
    """The newest in full, the same for everybody."""
    return UpdateFeed()(request)


@public
@require_GET
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form. Looking changes nothing."""
    return _page(request, SubscribeForm())


@public
@require_POST
def subscribe_send(request: HttpRequest) -> HttpResponse:
    """Take the address. The answer is the same whether it is known here or not; the mail says the rest."""
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    for rate in (A_MINUTE, AN_HOUR):
        if not ratelimit.consume(request, app="community", action="subscribe", config={"subscribe": rate}):
            return _too_many(request, form)
    try:
        subscribing.ask(form.cleaned_data["address"])
    except subscribing.TooManyMails:
        return _too_many(request, form)
    return redirect("community:subscribe-waits")


@public_page
@require_GET
def subscribe_waits(request: HttpRequest) -> HttpResponse:
    """That there is a mail to look for."""
    return render(request, "update/waits.html")


@public
@token_page
@require_GET
def subscription_show(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of this address, with the buttons that confirm and delete it. Programs that scan mail open links: looking does nothing."""
    subscription = _of(token)
    context = {"subscription": subscription, "token": token, "sent": subscribing.sent_to(subscription)}
    return render(request, "update/subscription.html", context)


@public
@token_page
@require_POST
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The owner of the mailbox wants it."""
    subscribing.confirm(_of(token))
    return redirect("community:subscription-show", token)


@public
@token_page
@require_POST
def subscription_delete(request: HttpRequest, token: str) -> HttpResponse:
    """Forget this address."""
    subscribing.forget(_of(token))
    return redirect("community:subscription-gone")


@public_page
@require_GET
def subscription_gone(request: HttpRequest) -> HttpResponse:
    """That nothing is kept any more."""
    return render(request, "update/gone.html")


def _of(token: str) -> Subscription:
    subscription = subscribing.subscription_of(token)
    if subscription is None:
        raise TokenUnknown
    return subscription


def _too_many(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    said = _("Many addresses were given just now. Please try again in an hour, or write to %s.") % team_address()
    form.add_error(None, said)
    page = _page(request, form, status=429)
    page.headers["Retry-After"] = "3600"
    return page


def _page(request: HttpRequest, form: SubscribeForm, *, status: int = 200) -> HttpResponse:
    page = render(request, "update/subscribe.html", {"form": form}, status=status)
    page.headers["Cache-Control"] = "private, no-store"
    return page
