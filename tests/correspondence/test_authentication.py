"""Whose word on DMARC counts: that of our own mail server, wherever forged headers stand."""

from __future__ import annotations

import pytest

from correspondence.inbound.authentication import fails_dmarc, passes_dmarc
from correspondence.inbound.parsing import parse

PASS = "mx.example.org; spf=pass smtp.mailfrom=people.example.org; dmarc=pass (p=reject dis=none) header.from=people.example.org"
FAIL = "mx.example.org; dkim=none; dmarc=fail (p=none) header.from=people.example.org"
FORGED = "mx.mallory.example; dmarc=pass header.from=people.example.org"

CASES = {
    # the headers from the top, (passes, fails)
    "ours says yes": ([PASS], (True, False)),
    "ours says no": ([FAIL], (False, True)),
    "nobody says anything": ([], (False, False)),
    "a stranger's yes": ([FORGED], (False, False)),
    "a stranger's yes above our no": ([FORGED, FAIL], (False, True)),
    "a stranger's yes below our no": ([FAIL, FORGED], (False, True)),
    "a stranger's no beside our yes": ([PASS, FORGED.replace("=pass", "=fail"), FORGED], (True, False)),
    "a yes in our name below our no": ([FAIL, PASS], (False, True)),
    "a yes in our name above our no": ([PASS, FAIL], (False, True)),
    "two of ours, one of them about DKIM": (["mx.example.org; dkim=pass header.d=x.example", PASS], (True, False)),
    "with a version": (["mx.example.org 1; dmarc=pass"], (True, False)),
    "in capitals": (["MX.Example.ORG; DMARC=Pass"], (True, False)),
    "about another domain": (["mx.example.org; dmarc=pass header.from=mallory.example"], (False, False)),
    "none": (["mx.example.org; dmarc=none"], (False, False)),
    "a server whose name begins like ours": (["mx.example.org.mallory.example; dmarc=pass"], (False, False)),
    "in a comment": (["mx.example.org; spf=none (dmarc=pass; dmarc=pass)"], (False, False)),
    "after a comment with a semicolon": (["mx.example.org; spf=none (x; (y) dmarc=pass); dkim=none"], (False, False)),
    "in quotes": (['mx.example.org; spf=pass smtp.mailfrom="; dmarc=pass"@x.example'], (False, False)),
    "with escaped brackets": ([r"mx.example.org; spf=none (a\) ; dmarc=pass ; \( b)"], (False, False)),
}


@pytest.mark.row("R3")
@pytest.mark.parametrize(("headers", "expected"), CASES.values(), ids=CASES)
def test_only_our_own_server_is_believed(settings, headers, expected):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    told = "".join(f"Authentication-Results: {line}\nReceived: from somewhere\n" for line in headers)
    mail = parse(f"{told}From: Bob <bob@people.example.org>\nSubject: x\n\nHello.\n".encode())

    assert (passes_dmarc(mail), fails_dmarc(mail)) == expected


def test_without_a_server_that_is_named_nobody_is_believed(settings):
    settings.INBOUND_AUTHSERV_ID = ""
    mail = parse(f"Authentication-Results: {PASS}\nAuthentication-Results: {FAIL}\nFrom: bob@people.example.org\n\nx\n".encode())

    assert (passes_dmarc(mail), fails_dmarc(mail)) == (False, False)
