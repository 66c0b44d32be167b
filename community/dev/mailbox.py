"""/dev/mailbox/: reads the mail of every person of the demo, and answers it the way their mail program would."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import islice
from typing import Any, cast

from allauth.account.models import EmailAddress
from csp.decorators import csp, csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from community.dev import maildir
from community.dev.answering import answer_to
from correspondence.inbound.parsing import ParsedMail
from correspondence.inbound.reasons import sentence
from correspondence.inbound.receiving import receive, recipients_of
from correspondence.models import InboundMail
from foundation.access import public

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]
LETTERS_A_PAGE = 25
# Cast: the package's own types know only views without arguments.
may_frame_itself = cast("Decorator", csp_update({"frame-src": ["'self'"]}))
does_nothing = cast(
    "Decorator",
    csp(
        {
            "default-src": ["'none'"],
            "style-src": ["'unsafe-inline'"],
            "img-src": ["data:"],
            "frame-ancestors": ["'self'"],
            "sandbox": ["allow-top-navigation-by-user-activation"],
        }
    ),
)
OUTCOMES = {
    "posted": gettext_lazy("Received and posted."),
    "held": gettext_lazy("Received, and held until its writer confirms it."),
    "refused": gettext_lazy("Received and refused; the words come back by mail."),
    "ignored": gettext_lazy("Received, taken for a machine's mail, and left unanswered."),
    "": gettext_lazy("Received. It will be looked at in a minute."),
}


class MailboxAnswerForm(forms.Form):
    """What the person answers."""

    words = forms.CharField(label=gettext_lazy("Your answer"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 5}))


def only_in_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 on every real installation."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return wrapped


@public
@require_GET
@only_in_the_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mail of one person (`?person=<address>`) or of all, the newest first; `?after=<key>` goes on below."""
    found = list(maildir.letters())
    person = request.GET.get("person", "").strip().lower()
    mine = (letter for letter in found if person in {"", letter.to})
    after = request.GET.get("after", "")
    if after:
        mine = _below(mine, after)
    page = list(islice(mine, LETTERS_A_PAGE + 1))
    names = _names({letter.to for letter in found})
    shown = [(letter, names.get(letter.to, letter.to)) for letter in page[:LETTERS_A_PAGE]]
    context = {
        "letters": shown,
        "people": sorted(
            ((address, names.get(address, address)) for address in {letter.to for letter in found}), key=lambda one: one[1]
        ),
        "person": person,
        "after": after,
        "next_key": page[LETTERS_A_PAGE - 1].key if len(page) > LETTERS_A_PAGE else "",
        "is_kept": maildir.folder() is not None,
    }
    return render(request, "dev/mailbox.html", context)


@public
@require_GET
@only_in_the_demo
@may_frame_itself
def mailbox_letter(request: HttpRequest, key: str) -> HttpResponse:
    """One mail as its reader gets it, with a way to answer."""
    return _letter_page(request, key, MailboxAnswerForm())


@public
@require_GET
@only_in_the_demo
@xframe_options_sameorigin
@does_nothing
def mailbox_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part for the frame on the letter's page: nothing in it runs, loads or is sent; a link opens in the whole window."""
    _letter, mail = _found(key)
    return HttpResponse(maildir.html_of(mail).replace("<head>", '<head><base target="_top">', 1))


@public
@require_POST
@only_in_the_demo
@may_frame_itself
def mailbox_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Send what the person answers down the road of all incoming mail, and say what became of it."""
    letter, mail = _found(key)
    form = MailboxAnswerForm(request.POST)
    if not form.is_valid():
        return _letter_page(request, key, form)
    name = _names({letter.to}).get(letter.to, "")
    raw = answer_to(mail, name=name, address=letter.to, words=form.cleaned_data["words"])
    for recipient in recipients_of(raw) or [""]:
        _say(request, receive(raw, recipient, envelope_sender=letter.to))
    return redirect("community:mailbox-letter", key=key)


def _say(request: HttpRequest, received: InboundMail) -> None:
    told = f"{OUTCOMES.get(received.outcome, OUTCOMES[''])} {sentence(received)}".strip()
    (messages.success if received.outcome == "posted" else messages.warning)(request, told)


def _letter_page(request: HttpRequest, key: str, form: MailboxAnswerForm) -> HttpResponse:
    letter, mail = _found(key)
    context = {
        "letter": letter,
        "mail": mail,
        "name": _names({letter.to}).get(letter.to, letter.to),
        "headers": [
            (name, mail.header(name)) for name in ("From", "Reply-To", "To", "Message-ID", "In-Reply-To") if mail.header(name)
        ],
        "html_url": reverse("community:mailbox-html", args=[key]) if maildir.html_of(mail) else "",
        "form": form,
    }
    return render(request, "dev/mailbox_letter.html", context)


def _found(key: str) -> tuple[maildir.Letter, ParsedMail]:
    found = maildir.read(key)
    if found is None:
        raise Http404
    return found


def _below(letters: Any, after: str) -> Any:
    """Return what follows the letter named `after`."""
    for letter in letters:
        if letter.key == after:
            break
    return letters


def _names(addresses: set[str]) -> dict[str, str]:
    """Return the names of the people whose addresses these are."""
    rows = EmailAddress.objects.filter(email__in=addresses).select_related("user")
    return {row.email.lower(): row.user.name for row in rows}
