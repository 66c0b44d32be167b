"""Mails of ten megabytes that are made to hang, flood or crash whoever reads them. Each is a function, for none is worth keeping."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

SIZE = 10 * 1024 * 1024
HEAD = b"From: mallory@elsewhere.example\nSubject: Re: Spring plans\nMessage-ID: <hostile@elsewhere.example>\nMIME-Version: 1.0\n"


def plain(piece: str) -> bytes:
    """One text, the piece again and again."""
    return HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + _filled(piece.encode())


def html(piece: str, before: str = "", after: str = "") -> bytes:
    """The same as HTML."""
    return (
        HEAD
        + b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + before.encode()
        + _filled(piece.encode())
        + after.encode()
    )


def encoded(encoding: str, body: bytes, kind: str = "text/plain; charset=utf-8") -> bytes:
    """A body that says how it is encoded."""
    return HEAD + f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body[:SIZE]


def headers(piece: bytes) -> bytes:
    """Nothing but headers, and one word."""
    return HEAD + _filled(piece) + b"\n\nword\n"


def _filled(piece: bytes) -> bytes:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def _many_parts() -> bytes:
    head = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
    return (
        head
        + b"--b\nContent-Type: text/plain\n\nOn a b wrote:\n> and so on, for as long as there is room for it\n" * 100_000
        + b"--b--\n"
    )


def _parts_within_parts() -> bytes:
    return HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(190_000))


def _long_name_in_pieces() -> bytes:
    pieces = b"".join(
        b'\n name*%d="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";' % n
        for n in range(95_000)
    )
    return HEAD + b"Content-Type: application/pdf;" + pieces + b"\n\nword\n"


def _noise() -> bytes:
    return random.Random(7).randbytes(SIZE)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "attributions without end": lambda: plain("On "),
    "attributions on lines of their own": lambda: plain("On a b\nwrote\n"),
    "attributions in Chinese": lambda: plain("在 2026-11-10 于 写道\n"),
    "empty lines": lambda: plain("\n"),
    "one line": lambda: plain("a"),
    "towers of quotation marks": lambda: plain(">" * 900 + "\n"),
    "one quotation mark a line": lambda: plain(">\n"),
    "heads of quoted mails": lambda: plain("From: a\nSent: b\nTo: c\nSubject: d\n\n"),
    "signatures": lambda: plain("-- \nBest,\nA\n+44 20 7946 0000\n"),
    "rulers": lambda: plain("_" * 70 + "\n" + "-----Original Message-----\n"),
    "right to left": lambda: plain("\u202e\u2067a\u0301\u0301\u0301 שלום \u2066"),
    "open tags": lambda: html("<div>"),
    "open quotations": lambda: html("<blockquote type=cite><div class=gmail_quote>"),
    "quotations opened and closed": lambda: html("<blockquote type=cite>On a wrote:</blockquote>b"),
    "half tags": lambda: html("<a <!-- "),
    "a tag with a million attributes": lambda: html(' a="b"', "<div", ">word</div>"),
    "entities": lambda: html("&amp;&#x3c;&lt;"),
    "tables": lambda: html("<table><tr><td>"),
    "line breaks": lambda: html("<br>"),
    "rules and heads": lambda: html("<hr><b>From:</b> a@b.example<br><b>Sent:</b> Monday, 16 November 2026<br><b>To:</b> c<br>"),
    "attributions in HTML": lambda: html("<div>On Mon, Nov 16, 2026 at 10:00 AM a &lt;a@b.example&gt; wrote:<br></div>"),
    "what nobody sees": lambda: html('<div style="display:none">a<span style="font-size:0">b</span></div>'),
    "pictures in the text": lambda: html('<img src="data:image/png;base64,iVBORw0KGgo=">'),
    "pictures in the text without an end": lambda: html("<img src='data:image/png;base64,AAAA"),
    "one picture in the text": lambda: html("AAAA", "<p>word<img src='data:image/png;base64,", "'>word</p>"),
    "styles": lambda: html("<style>a{b:c}</style>"),
    "styles without an end": lambda: html("<style>"),
    "remarks": lambda: html("<!--[if mso]>a<![endif]-->"),
    "towers of ASN.1": lambda: encoded(
        "base64", base64.encodebytes(_filled(b"\x30\x80")), "application/pkcs7-mime; smime-type=signed-data"
    ),
    "100,000 parts": _many_parts,
    "parts within parts": _parts_within_parts,
    "a name in 95,000 pieces": _long_name_in_pieces,
    "headers": lambda: headers(b"X-A: b\n"),
    "one long header": lambda: headers(b"References: " + b"<a@b.example> " * 700),
    "encoded words": lambda: headers(b"Subject: =?utf-8?b?w6TDpMOk?= =?utf-8?q?=C3=A4?=\n =?x?q?=00?=\n"),
    "base64 of attributions": lambda: encoded("base64", base64.encodebytes(_filled(b"On a b\nwrote:\n> c\n"))),
    "base64 of rubbish": lambda: encoded("base64", _filled(b"=A!=\n==")),
    "soft line ends": lambda: encoded("quoted-printable", _filled(b"=\n")),
    "lines that flow": lambda: encoded("8bit", _filled(b"> a \n"), "text/plain; charset=utf-8; format=flowed; delsp=yes"),
    "noise that says it is utf-8": lambda: encoded("8bit", _noise()),
    "noise that says it is Japanese": lambda: encoded("8bit", _noise(), "text/plain; charset=iso-2022-jp"),
    "noise that says it is utf-7": lambda: encoded("8bit", _filled(b"+"), "text/plain; charset=utf-7"),
}
