"""Archives of mailing lists as Google Groups, Mailman 2 and HyperKitty write them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from django.utils import timezone

LIST = "harbour@lists.example"
BEGAN = datetime(2019, 3, 4, 9, 30, tzinfo=UTC)


def after(**time: float) -> datetime:
    """A moment after the first message."""
    return BEGAN + timedelta(**time)


def google(
    number: int,
    words: str,
    *,
    sender: str = "Noor Haddad <noor@harbour.example>",
    subject: str = "[harbour] Tide tables",
    answers: Sequence[int] = (),
    at: datetime = BEGAN,
    files: Sequence[tuple[str, bytes]] = (),
    **headers: str,
) -> bytes:
    """A message of a Takeout of Google Groups; `answers` are the numbers of those that it answers, the nearest last."""
    told = {
        "Message-ID": f"<m{number}@mail.harbour.example>",
        "Date": format_datetime(at),
        "Subject": subject,
        "From": sender,
        "To": LIST,
        **({"In-Reply-To": f"<m{answers[-1]}@mail.harbour.example>"} if answers else {}),
        **({"References": " ".join(f"<m{one}@mail.harbour.example>" for one in answers)} if answers else {}),
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/mixed; boundary="b1"' if files else "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "\n".join(f"{name}: {value}" for name, value in told.items() if value)
    separator = f"From {1642337523154882560 + number}@xxx {at:%a %b %d %H:%M:%S} +0000 {at:%Y}"
    body = _with_files(words, files) if files else words
    return f"{separator}\n{head}\n\n{body}\n\n".encode()


def _with_files(words: str, files: Sequence[tuple[str, bytes]]) -> str:
    parts = [f"Content-Type: text/plain; charset=utf-8\n\n{words}"]
    for name, content in files:
        kind = f"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename={name}"
        parts.append(f"{kind}\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(content).decode()}")
    return "".join(f"--b1\n{part}\n" for part in parts) + "--b1--"


FOOTER = """_______________________________________________
Harbour mailing list
harbour at lists.example
http://lists.example/mailman/listinfo/harbour"""


def pipermail(
    number: int, words: str, *, sender: str = "noor at harbour.example (Noor Haddad)", subject: str, at: datetime, answers: str = ""
) -> bytes:
    """A message of Mailman 2: the address hidden from machines, no word on its encoding, the list's own lines below."""
    separator = f"From {sender.partition(' (')[0]}  {at:%a %b} {at.day:>2} {at:%H:%M:%S %Y}"
    answered = f"In-Reply-To: {answers}\n" if answers else ""
    head = f"From: {sender}\nDate: {format_datetime(at)}\nSubject: {subject}\n{answered}Message-ID: <p{number} at mail.harbour.example>"
    return f"{separator}\n{head}\n\n{words}\n\n{FOOTER}\n\n".encode()


def lately() -> datetime:
    """A day of this month: what was said then would be new to everybody."""
    return timezone.now() - timedelta(days=3)
