"""Reports as the world's mail servers write them: delivery reports, plain bounces, complaints."""

from __future__ import annotations

from email.utils import make_msgid
from textwrap import dedent


def delivery_report(
    to: str, status: str = "5.1.1", words: str = "smtp; 550 5.1.1 no such user", *, action: str = "failed", returned: str = ""
) -> bytes:
    """A report of RFC 3464, with the headers of what it returns."""
    return (
        dedent(f"""\
            From: MAILER-DAEMON@mx.example.org
            To: {to}
            Subject: Undelivered Mail Returned to Sender
            Message-ID: {make_msgid(domain="mx.example.org")}
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            I could not deliver your message.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; somebody@people.example.org
            Action: {action}
            Status: {status}
            Diagnostic-Code: {words}

            --b
            Content-Type: text/rfc822-headers

            """)
        + returned
        + "\n--b--\n"
    ).encode()


def plain_bounce(
    to: str, text: str, *, sender: str = "MAILER-DAEMON@mx.example.org", subject: str = "failure notice", **headers: str
) -> bytes:
    """A bounce that says what happened in words only."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    told = f"From: {sender}\nTo: {to}\nSubject: {subject}\nMessage-ID: {make_msgid(domain='mx.example.org')}\n{more}"
    return f"{told}Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def complaint(to: str, returned: str, *, kind: str = "abuse") -> bytes:
    """A report of RFC 5965: somebody pressed "this is spam"."""
    return (
        dedent(f"""\
            From: feedback@mailbox.example
            To: {to}
            Subject: FW: A mail of yours
            Message-ID: {make_msgid(domain="mailbox.example")}
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="b"

            --b
            Content-Type: text/plain

            This is an abuse report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: {kind}
            User-Agent: Feedback/1.0
            Version: 1

            --b
            Content-Type: message/rfc822

            """)
        + returned
        + "\n\nHello.\n--b--\n"
    ).encode()
