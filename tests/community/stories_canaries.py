"""Canaries in what is not out yet, in what people say before they agreed, and in what they keep to themselves."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from community.models import Deck, NewsItem, TeamMember, Testimonial
from community.stories.workflow import decks, news
from tests.leaks import EVERYBODY, NO_ONE, TEAM, Garden


def plant(garden: Garden) -> None:
    news_in_each_state(garden)
    slides_in_a_drawer(garden)
    words_of_somebody(garden)


def news_in_each_state(garden: Garden) -> None:
    """A draft and what waits for its time are the support team's; what is out is everybody's; what was withdrawn is the team's again."""
    states = {"draft": TEAM, "scheduled": TEAM, "published": EVERYBODY, "withdrawn": TEAM}
    for state, readers in states.items():
        words = {field: garden.canary(f"NewsItem.{field} ({state})", *readers) for field in ("title", "lead")}
        body = garden.canary(f"NewsItem.body ({state})", *readers)
        item = NewsItem(slug=f"news-{state}", **words, body=f"<p>{body}</p>")
        news.keep(item, by=garden.cast.staff, changed=[])
        if state == "scheduled":
            news.schedule(item, at=timezone.now() + timedelta(hours=1), by=garden.cast.staff)
        if state in {"published", "withdrawn"}:
            news.publish(item, by=garden.cast.staff)
        if state == "withdrawn":
            news.withdraw(item, by=garden.cast.staff)
        garden.pages.append(item.get_absolute_url())


def slides_in_a_drawer(garden: Garden) -> None:
    title, text = (garden.canary(f"Deck.{field} (draft)", *TEAM) for field in ("title", "text_alternative"))
    deck = Deck(title=title, slug="in-a-drawer", text_alternative=f"<p>{text}</p>")
    decks.keep(deck, by=garden.cast.staff)
    garden.pages.append(deck.get_absolute_url())


def words_of_somebody(garden: Garden) -> None:
    words = {
        name: garden.canary(f"community.Testimonial.{name}", *NO_ONE)
        for name in ("text", "role", "signed", "agreed_text", "agreed_signed")
    }
    Testimonial.objects.create(person=garden.cast.ambassador, **words)
    proposed = {name: garden.canary(f"community.TeamMember.{name}", *NO_ONE) for name in ("role", "text", "agreed_to")}
    TeamMember.objects.create(user=garden.cast.staff, slug="helper", **proposed)
