"""Writing in the demo's mailbox: a letter to any address of the site, and what became of each that was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import models
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from community.dev import maildir
from community.dev.forms import MailboxWriteForm
from community.dev.links import Draft, draft_of, read_whole
from community.dev.people import addresses_beside, may_write_as, names_of, only_in_the_demo
from community.dev.writing import HOST, as_mail, send
from correspondence.addresses import at_our_domain
from correspondence.inbound.parsing import ParsedMail, header_of, message_of
from correspondence.inbound.reasons import sentence
from correspondence.inbound.registry import inbound
from correspondence.models import InboundMail
from foundation.access import public

SENT_A_PAGE = 30
CAME_BACK = 10
OUTCOMES = {
    "posted": gettext_lazy("Received and done."),
    "held": gettext_lazy("Received, and held until somebody says that it is meant."),
    "refused": gettext_lazy("Received and refused; the words come back by mail."),
    "ignored": gettext_lazy("Received, taken for the mail of a machine, and left unanswered."),
    "discarded": gettext_lazy("Received, held, and thrown away."),
    "": gettext_lazy("Received. It will be looked at in a minute."),
}


@dataclass(frozen=True)
class Sent:
    """One letter at one address of ours: what became of it there, and where one can see that."""

    mail: InboundMail
    told: str
    url: str = ""
    subject: str = ""


@public
@require_GET
@only_in_the_demo
def mailbox_write(request: HttpRequest) -> HttpResponse:
    """An empty letter, or one that a link in a letter began (`?letter=<key>&offer=<number>`), as `?person=<address>`."""
    person, draft = request.GET.get("person", "").strip().lower()[:320], Draft(to=request.GET.get("to", "")[:2_000])
    if key := request.GET.get("letter", ""):
        letter, _mail, _html, addresses = whole_letter_of(key)
        person, draft = letter.to, _offered(addresses, request.GET.get("offer", ""))
    initial = {"sender": person, "to": draft.to, "subject": draft.subject, "words": draft.body, "dmarc": "pass"}
    return _write_page(request, MailboxWriteForm(people=may_write_as(person), initial=initial), person)


@public
@require_POST
@only_in_the_demo
def mailbox_send(request: HttpRequest) -> HttpResponse:
    """Send a letter down the road of all incoming mail, and show what became of it."""
    person = request.POST.get("person", "").strip().lower()[:320]
    form = MailboxWriteForm(request.POST, request.FILES, people=may_write_as(person))
    if not form.is_valid():
        return _write_page(request, form, person)
    said = form.cleaned_data
    writing = form.writing(said["to"], said["subject"], names_of([said["sender"]]))
    return went_out(request, send(as_mail(writing), writing))


@public
@require_GET
@only_in_the_demo
def mailbox_sent(request: HttpRequest) -> HttpResponse:
    """What was written here, as one person or as all, the latest first; `?after=<number>` goes on below."""
    person, after = request.GET.get("person", "").strip().lower()[:320], request.GET.get("after", "")
    mails = _written_here().defer("raw").annotate(head=Substr("raw", 1, maildir.HEAD, output_field=models.BinaryField()))
    if person:
        mails = mails.filter(sender__in=addresses_beside(person))
    if after.isascii() and after.isdecimal() and len(after) < 19:
        mails = mails.filter(pk__lt=int(after))
    page = list(mails.order_by("-pk")[: SENT_A_PAGE + 1])
    below = {"person": person, "after": page[SENT_A_PAGE - 1].pk} if len(page) > SENT_A_PAGE else {}
    context = {
        "sent": [Sent(mail, _told(mail), subject=_subject_of(mail.head)) for mail in page[:SENT_A_PAGE]],
        "person": person,
        "next_url": f"?{urlencode(below)}" if below else "",
    }
    return render(request, "dev/mailbox_sent.html", context)


@public
@require_GET
@only_in_the_demo
def mailbox_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one letter, and the mail that came to its writer since."""
    mail = get_object_or_404(_written_here(), pk=pk)
    parsed, began = mail.parsed(), mail.received_at - timedelta(seconds=1)
    theirs = addresses_beside(mail.sender)
    since = [letter for letter in maildir.letters() if letter.to in theirs and letter.sent_at >= began]
    context = {
        "mail": mail,
        "parsed": parsed,
        "name": names_of([mail.sender]).get(mail.sender, mail.sender),
        "sent": [_sent(one) for one in _written_here().filter(identity=mail.identity).order_by("pk")],
        "came_back": since[::-1][:CAME_BACK],
    }
    return render(request, "dev/mailbox_outcome.html", context)


def went_out(request: HttpRequest, received: list[InboundMail]) -> HttpResponse:
    """Lead to what became of a letter."""
    if not received:
        messages.warning(request, _("It goes to an address elsewhere: the demo sends nothing there."))
        return redirect("community:mailbox-sent")
    return redirect("community:mailbox-outcome", pk=received[0].pk)


def whole_letter_of(key: str) -> tuple[maildir.Letter, ParsedMail, str, list[str]]:
    """Return the letter of that name with its mail, its HTML part and the addresses it offers."""
    found = read_whole(key)
    if found is None:
        raise Http404
    return found


def _written_here() -> models.QuerySet[InboundMail]:
    """The letters that were written in the mailbox: no other mail that came in is shown."""
    return InboundMail.objects.filter(identity__endswith=f"@{HOST}>")


def _offered(addresses: list[str], number: str) -> Draft:
    """Return what an address of a letter opens; the number stands in the link that led here."""
    chosen = dict(zip(map(str, range(len(addresses))), addresses, strict=True)).get(number)
    if chosen is None:
        raise Http404
    return draft_of(chosen)


def _write_page(request: HttpRequest, form: MailboxWriteForm, person: str) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "name": names_of([person]).get(person, person) if person else "",
        "help_address": at_our_domain("help") if "help" in inbound else "",
    }
    return render(request, "dev/mailbox_write.html", context)


def _sent(mail: InboundMail) -> Sent:
    target: Any = mail.target if mail.outcome == InboundMail.Outcome.POSTED else None
    return Sent(mail, _told(mail), str(target.get_absolute_url()) if hasattr(target, "get_absolute_url") else "")


def _subject_of(head: bytes | memoryview | None) -> str:
    return header_of(message_of(bytes(head or b"")), "Subject")


def _told(mail: InboundMail) -> str:
    return f"{OUTCOMES.get(mail.outcome, OUTCOMES[''])} {sentence(mail)}".strip()
