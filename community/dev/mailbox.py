"""/dev/mailbox/: reads the mail of every person of the demo, folded by conversation, and answers it as their mail program would."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from csp.decorators import csp, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from community.dev import maildir
from community.dev.composing import went_out, whole_letter_of
from community.dev.forms import MailboxAnswerForm
from community.dev.links import headers_with_links, html_with_links, one_click_path, text_with_links
from community.dev.people import may_write_as, names_of, only_in_the_demo
from community.dev.writing import answer_of, as_mail, ours_in, send
from foundation.access import public

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]
CONVERSATIONS_A_PAGE = 25
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


@public
@require_GET
@only_in_the_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    """The conversations of one person (`?person=<address>`) or of all, the latest first; `?q=` looks in names and subjects."""
    found = list(maildir.letters())
    person, words = request.GET.get("person", "").strip().lower(), request.GET.get("q", "").strip().casefold()
    names = names_of(letter.to for letter in found)
    mine = [letter for letter in found if person in {"", letter.to} and words in _searched(letter, names)]
    page, next_key = _page(maildir.conversations(mine), request.GET.get("after", ""))
    context = {
        "conversations": [(conversation, names.get(conversation.latest.to, conversation.latest.to)) for conversation in page],
        "people": sorted({(letter.to, names.get(letter.to, letter.to)) for letter in found}, key=lambda one: one[1]),
        "person": person,
        "q": request.GET.get("q", "").strip(),
        "is_searched": bool(person or words or request.GET.get("after")),
        "next_url": f"?{urlencode({'person': person, 'q': words, 'after': next_key})}" if next_key else "",
        "is_kept": maildir.folder() is not None,
    }
    return render(request, "dev/mailbox.html", context)


@public
@require_GET
@only_in_the_demo
@may_frame_itself
def mailbox_letter(request: HttpRequest, key: str) -> HttpResponse:
    """One mail as its reader gets it, what else came in its conversation, and a way to answer."""
    return _letter_page(request, key)


@public
@require_GET
@only_in_the_demo
@xframe_options_sameorigin
@does_nothing
def mailbox_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part for the frame on the letter's page: nothing in it runs, loads or is sent; a link opens in the whole window."""
    _letter, _mail, html, addresses = whole_letter_of(key)
    return HttpResponse(html_with_links(html, key, addresses))


@public
@require_POST
@only_in_the_demo
@may_frame_itself
def mailbox_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Send what the person answers down the road of all incoming mail, and show what became of it."""
    letter, mail, _html, _addresses = whole_letter_of(key)
    form = MailboxAnswerForm(request.POST, request.FILES, people=may_write_as(letter.to))
    if not form.is_valid():
        return _letter_page(request, key, form)
    to, subject = answer_of(mail)
    writing = form.writing(to, subject, names_of([form.cleaned_data["sender"]]))
    return went_out(request, send(as_mail(writing, answering=mail), writing))


def _letter_page(request: HttpRequest, key: str, form: MailboxAnswerForm | None = None) -> HttpResponse:
    letter, mail, html, addresses = whole_letter_of(key)
    context = {
        "letter": letter,
        "mail": mail,
        "name": names_of([letter.to]).get(letter.to, letter.to),
        "headers": headers_with_links(mail, key, addresses),
        "text": text_with_links(mail.text, key, addresses),
        "html_url": reverse("community:mailbox-html", args=[key]) if html else "",
        "one_click_path": one_click_path(mail),
        "others": [one for one in maildir.letters() if one.to == letter.to and one.root == letter.root and one.key != key],
        "answer_to": answer_of(mail)[0],
        "is_answered_here": bool(ours_in(answer_of(mail)[0])),
        "form": form or MailboxAnswerForm(people=may_write_as(letter.to), initial={"sender": letter.to, "dmarc": "pass"}),
    }
    return render(request, "dev/mailbox_letter.html", context)


def _searched(letter: maildir.Letter, names: dict[str, str]) -> str:
    """What the search of a mail program looks through, without opening each letter."""
    return f"{letter.subject} {letter.sender} {letter.to} {names.get(letter.to, '')}".casefold()


def _page(found: list[maildir.Conversation], after: str) -> tuple[list[maildir.Conversation], str]:
    """Return those below the conversation that has the letter `after`, and where the page after them goes on."""
    keys = [conversation.latest.key for conversation in found]
    start = keys.index(after) + 1 if after in keys else (len(found) if after else 0)
    page = found[start : start + CONVERSATIONS_A_PAGE]
    return page, page[-1].latest.key if start + CONVERSATIONS_A_PAGE < len(found) else ""
