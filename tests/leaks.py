"""The garden of the leak suite: canary strings, and who is allowed to hear each of them sing.

`tests/<app>/canaries.py` has `plant(garden)`, which builds objects through the workflow functions with a canary in each text field.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.http import HttpResponse

from tests.access import Cast

EVERYBODY = ("visitor", "ambassador", "outsider", "alumnus", "staff", "superuser")
MEMBERS = ("ambassador", "outsider", "staff", "superuser")
TEAM = ("staff", "superuser")
NO_ONE: tuple[str, ...] = ()


@dataclass
class Garden:
    """The canaries of one run, by their text: of which model's field each is, and who may see it.

    `pages` are addresses which a crawl from the entry pages might not find by itself. What stands in a mail and on no page is
    `mailed` to its readers. `sent` are the mails that went out while the garden was planted, `answers` what its
    readers were shown so far, by who and where.
    """

    cast: Cast
    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    mailed: dict[str, frozenset[str]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    sent: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, dict[str, HttpResponse]] = field(default_factory=dict)
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def canary(self, label: str, *readers: str, alphabet: str = "word") -> str:
        """A text found nowhere else, for the field `label` (app.Model.field) and for the eyes of `readers` only."""
        text = f"canary{next(self._numbers):04d}x"
        self.allowed[text] = frozenset(readers)
        self.fields[text] = label
        return text

    def mailed_canary(self, label: str, *readers: str) -> str:
        """The same for a field that its readers get by mail alone: no page shows it to anybody."""
        text = self.canary(label)
        self.mailed[text] = frozenset(readers)
        return text
