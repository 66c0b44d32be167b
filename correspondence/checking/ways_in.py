"""By which ways mail comes in, and whose word on its sender is believed."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from correspondence.checking.findings import Findings, look, plain, right
from correspondence.inbound.parsing import headers_of, message_of
from correspondence.models import InboundMail
from correspondence.providers import PROVIDERS, SECRET, is_open

LATEST = 20


def check_ways_in() -> Findings:
    """Name every door that stands open, and who can prove to be behind it."""
    taking = [name for name in settings.MAIL_PROVIDERS if is_open(name, "inbound", settings.ANYMAIL)]
    if not (settings.INBOUND_IMAP_URL or taking):
        hint = "That way cannot be tried from here: answer a test mail, and look under Incoming mails in the admin."
        yield look("Mail comes in by the pipe alone (receive_mail).", hint)
    for name in settings.MAIL_PROVIDERS:
        yield from _hooks_of(name)


def _hooks_of(name: str) -> Findings:
    provider = PROVIDERS[name]
    for route, proofs in (("inbound", provider.inbound), ("tracking", provider.tracking)):
        address = settings.SITE_URL + reverse("correspondence:hook-receive", args=[name, route])
        if is_open(name, route, settings.ANYMAIL):
            held = " and ".join(f"ANYMAIL_{proof}" for proof in dict.fromkeys((*proofs, SECRET)) if proof in settings.ANYMAIL)
            yield right(f"{name} may call {address}, proved by {held}.")
        elif proofs:
            yield look(f"{address} is closed.", f"Set {' or '.join(f'ANYMAIL_{proof}' for proof in proofs)} to open it.")


def check_word_on_senders() -> Findings:
    """Compare INBOUND_AUTHSERV_ID with what stands on top of the mails that came in last."""
    ours = settings.INBOUND_AUTHSERV_ID.lower()
    named = _names_on_latest_mails()
    seen = f"The latest mails carry the word of: {', '.join(sorted(set(named)))}." if named else ""
    if not ours:
        hint = f"{seen} Set INBOUND_AUTHSERV_ID to the name of your own mail server, if it stands there.".strip()
        yield look("INBOUND_AUTHSERV_ID is not set: no mail server's word on a sender is believed.", hint)
    elif named and ours not in named:
        yield look(f"None of the latest mails carries the word of {ours} (INBOUND_AUTHSERV_ID).", seen)
    elif named:
        yield right(f"The word of {ours} on a sender is believed; {named.count(ours)} of the latest {len(named)} mails carry it.")
    else:
        yield look(f"The word of {ours} on a sender is believed; no mail has come in yet that carries one.")


def _names_on_latest_mails() -> list[str]:
    """The server which each of them names first: what stands below may be the sender's own."""
    latest = InboundMail.objects.filter(raw__isnull=False).order_by("-pk").values_list("raw", flat=True)[:LATEST]
    lines = (headers_of(message_of(bytes(raw or b"")), "Authentication-Results")[:1] for raw in latest)
    return [plain(line[0].split(";")[0].split()[0].lower()) for line in lines if line and line[0].split(";")[0].split()]
