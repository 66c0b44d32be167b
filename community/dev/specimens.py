"""What the style guide shows of the larger parts of pages: desk, figures, quotations, slides. Everything here is invented on the spot."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.desk import GROUPS, DeskCard, DeskGroup, DeskItem
from foundation.figures import NARROW, WIDE, Bar, Goal, Mark, bars, stepped

STEPS = [(date(2024, 3, 1), 12), (date(2024, 11, 1), 40), (date(2025, 6, 1), 75), (date(2026, 2, 1), 104), (date(2026, 11, 1), 120)]


def larger_parts(long_name: str, long_word: str) -> dict[str, Any]:
    """Return what the style guide needs to show them, with names as long as they come."""
    cover = SimpleNamespace(get_absolute_url="/look/mark.svg", alt=_("The mark of the community"), width=64, height=64)
    deck = SimpleNamespace(
        slug="specimen",
        title=_("What we learned from stopping"),
        get_absolute_url="#s-stories",
        kind="PDF",
        cover=cover,
        file=SimpleNamespace(get_absolute_url="#s-stories", size=182_000),
        text_alternative="<p>Slide 1: a harbour in the morning. Slide 2: three things that nobody missed.</p>",
    )
    words = _("We asked what we should stop doing, and then we stopped.")
    testimonial = SimpleNamespace(agreed_text=_("Nobody sold me anything for a whole year."), agreed_signed=long_name)
    return {
        "desk_groups": _desk(long_name, long_word),
        "growth": _growth(),
        "shares": _shares(long_word),
        "quotation": SimpleNamespace(text=words, author="Amara Okafor", source=_("Harbour letters")),
        "decks": [deck],
        "testimonials": [testimonial],
    }


def _desk(long_name: str, long_word: str) -> list[DeskGroup]:
    now, here = timezone.now(), "#s-desk"
    late = DeskCard(
        _("Read a draft"), _("%(name)s asked for your eyes.") % {"name": long_name}, here, _("Read it"), 0, now - timedelta(days=4)
    )
    due = DeskCard(long_word, _("Two questions, about a quarter of an hour."), here, _("Answer"), 0, now + timedelta(days=9))
    offer = DeskCard(_("Welcome a newcomer"), _("They care about what you care about."), here, _("Say yes"), 10, later="specimen")
    names = (DeskItem(long_name, here, long_word), DeskItem("李", here, _("Harbour School")))
    new = DeskCard(_("9 people are new here"), "", here, _("All ambassadors"), items=names, more=7)
    many = [DeskCard(_("A case"), _("It has waited for a week."), here, _("Look at it"), for_staff=True) for _number in range(8)]
    cards = {"owed": [late, due], "offered": [offer], "new": [new], "house": many}
    return [DeskGroup(name, title, tuple(cards[name])) for name, title in GROUPS.items()]


def _growth() -> dict[str, Any]:
    goals, marks = [Goal(150, date(2027, 6, 1), _("150 by summer"), "150")], [Mark(75, date(2025, 6, 1), _("Half-way"), "75")]
    drawings = [
        (name, stepped(STEPS, goals, marks, last_label="120", paper=paper)) for name, paper in (("wide", WIDE), ("narrow", NARROW))
    ]
    return {"label": _("From 12 to 120 ambassadors; the goal is 150."), "drawings": drawings}


def _shares(long_word: str) -> dict[str, Any]:
    parts = [Bar(str(_("Health")), "41", 41), Bar(long_word, "12", 12), Bar(str(_("Business")), str(_("a few")), None)]
    return {
        "label": _("Health is the largest of three sectors."),
        "drawings": [("wide", bars(parts, wide=True)), ("narrow", bars(parts, wide=False))],
    }
