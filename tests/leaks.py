"""The garden of the leak suite: canary strings, and who is allowed to hear each of them sing.

`tests/<app>/canaries.py` has `plant(garden)`, which builds objects through the workflow functions with a canary in each text field.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.urls import resolve

from tests.access import Cast

EVERYBODY = ("visitor", "ambassador", "outsider", "alumnus", "staff", "superuser")
MEMBERS = ("ambassador", "outsider", "staff", "superuser")
TEAM = ("staff", "superuser")
NO_ONE: tuple[str, ...] = ()


@dataclass
class Chosen:
    """Forms that are opened with somebody chosen already (`?to=`), of which there are as many as people times spaces.

    Each such form is looked at with the first one chosen, and each person in the first form of its kind: not each in each.
    """

    person_of: dict[str, str] = field(default_factory=dict)
    form_of: dict[tuple[str, str], str] = field(default_factory=dict)

    def is_looked_at(self, url: str) -> bool:
        form, _, query = url.partition("?")
        if not query.startswith("to="):
            return True
        firsts = self.person_of.setdefault(form, query), self.form_of.setdefault((resolve(form).view_name, query), form)
        return query == firsts[0] or form == firsts[1]


@dataclass
class Garden:
    """The canaries of one run, by their text: of which model's field each is, and who may see it.

    `pages` are addresses which a crawl from the entry pages might not find by itself. What stands in a mail and on no page is
    `mailed` to its readers. `sent` are the mails that went out while the garden was planted, `answers` what its
    readers were shown so far, by who and where. All readers have the same of the forms in which one is `chosen`.
    """

    cast: Cast
    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    mailed: dict[str, frozenset[str]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    sent: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, dict[str, HttpResponse]] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=Chosen)
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
