"""Canaries in what is not out yet, in what people say before they agreed, and in what they keep to themselves."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from community.models import Deck, NewsItem, TeamMember, Testimonial
from community.stories.workflow import decks, news, team, testimonials
from tests import make
from tests.leaks import EVERYBODY, NO_ONE, TEAM, Garden


def plant(garden: Garden) -> None:
    news_in_each_state(garden)
    slides_in_a_drawer(garden)
    words_in_each_state(garden)
    marks_of_words(garden)
    lines_about_the_team(garden)


def news_in_each_state(garden: Garden) -> None:
    """A draft and what waits for its time are the support team's; what is out is everybody's; what was withdrawn is the team's again."""
    states = {"draft": TEAM, "scheduled": TEAM, "published": EVERYBODY, "withdrawn": TEAM}
    for state, readers in states.items():
        words = {field: garden.canary(f"NewsItem.{field} ({state})", *readers) for field in ("title", "lead")}
        body = garden.canary(f"NewsItem.body ({state})", *readers)
        item = NewsItem(slug=f"news-{state}", **words, body=f"<p>{body}</p>")
        news.keep(item, by=garden.cast.staff)
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


def words_in_each_state(garden: Garden) -> None:
    """Until they are on the page, one's words are for oneself and the support team; taken down or back, they are so again."""
    for state in ("offered", "asked", "agreed", "published", "withdrawn"):
        readers = EVERYBODY if state == "published" else ("ambassador", *TEAM)
        said = {field: garden.canary(f"community.Testimonial.{field}", *readers) for field in ("text", "role")}
        author = garden.cast.ambassador
        one = testimonials.offer(by=author, attribution="full", **said)
        if state != "offered":
            testimonials.ask(one, by=garden.cast.staff, attribution="full", page="about", **said)
        if state in {"agreed", "published"}:
            testimonials.agree(one, by=author)
        if state == "published":
            testimonials.publish(one, by=garden.cast.staff)
        if state == "withdrawn":
            testimonials.withdraw(one, by=author)


def marks_of_words(garden: Garden) -> None:
    """The signature is what a reader sees of name and role; what was agreed to is a copy of text and signature."""
    one = testimonials.offer(by=garden.cast.ambassador, text="Signed by a bird.", attribution="none")
    copies = {field: garden.canary(f"community.Testimonial.{field}", *NO_ONE) for field in ("agreed_text", "agreed_signed")}
    signed = garden.canary("community.Testimonial.signed", "ambassador", *TEAM)
    Testimonial.objects.filter(pk=one.pk).update(signed=signed, **copies)


def lines_about_the_team(garden: Garden) -> None:
    """What is proposed is for the support team and the person; of a confirmed line only what was ticked is everybody's."""
    cast = garden.cast
    proposed = {name: garden.canary(f"community.TeamMember.{name}", "ambassador", *TEAM) for name in ("role", "text")}
    waiting = TeamMember(user=cast.ambassador, slug="waiting", **proposed)
    team.propose(waiting, by=cast.staff)
    marks = {name: garden.canary(f"community.TeamMember.{name}", *NO_ONE) for name in ("asked_to", "agreed_to")}
    TeamMember.objects.filter(pk=waiting.pk).update(**marks)
    role, text = garden.canary("TeamMember.role (shown)", *EVERYBODY), garden.canary("TeamMember.text (not shown)", *TEAM)
    shy = TeamMember(user=make.person("Shy Staff", is_staff=True), role=role, slug="shy", text=text)
    team.propose(shy, by=cast.staff)
    team.confirm(shy, by=shy.user, name=False, text=False, photo=False)
