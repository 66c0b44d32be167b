"""Puts the demo's stories where they belong, through the functions that the site itself calls, and moves their dates back."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from ambassadors import workflow as people
from ambassadors.models import Ambassador, User
from community.demo.stories import drawing
from community.demo.stories.copy import (
    DECK_COVER,
    DECK_TEXT,
    DECK_TITLE,
    NEWS,
    QUOTATIONS,
    SLIDES,
    SUPPORTERS,
    TEAM,
    TESTIMONIALS,
    Helper,
    Piece,
    Words,
)
from community.models import Deck, NewsItem, Quotation, Supporter, TeamMember
from community.stories.workflow import decks, news, team, testimonials
from foundation import search
from foundation.models import Via

DRAWINGS = {"Three": drawing.boats, "A table": drawing.table}


def tell_stories(*, by: User) -> None:
    """Fill news, slides, quotations, what people say, and the page about the team."""
    for piece in NEWS:
        write(piece, by=by)
    show_slides(by=by)
    place_quotations()
    for words in TESTIMONIALS:
        say(words, by=by)
    for helper in TEAM:
        introduce(helper, by=by)
    thank(by=by)


def write(piece: Piece, *, by: User) -> None:
    """Write a piece of news, and let it out on its day."""
    item = NewsItem(title=piece.title, slug=slugify(piece.title), lead=piece.lead, body=piece.body)
    drawn = next((draw for begins, draw in DRAWINGS.items() if piece.drawn.startswith(begins)), None)
    news.keep(item, by=by, picture=drawn() if drawn else None, alt=piece.drawn)
    item.authors.set(Ambassador.objects.filter(user__name__in=piece.authors))
    if piece.days_ago is None:
        return
    at = timezone.now() - timedelta(days=piece.days_ago)
    if piece.days_ago < 0:
        news.schedule(item, at=at.replace(hour=9, minute=0, second=0, microsecond=0), by=by, via=Via.COMMAND)
        return
    news.publish(item, by=by, via=Via.COMMAND)
    NewsItem.objects.filter(pk=item.pk).update(publish_at=at, changed_at=at)
    item.refresh_from_db()
    search.index(item)


def show_slides(*, by: User) -> None:
    """Draw the slides, and put them on the page The Community."""
    slides = Deck(title=DECK_TITLE, slug=slugify(DECK_TITLE), page="community", text_alternative=DECK_TEXT)
    decks.keep(slides, by=by, file=drawing.deck(SLIDES), cover=drawing.cover(*SLIDES[0][:2]), alt=DECK_COVER)
    decks.publish(slides, by=by, via=Via.COMMAND)


def place_quotations() -> None:
    """Place the quotations: some for good, one that is over, one that is to come."""
    today = timezone.now().date()
    for number, quote in enumerate(QUOTATIONS):
        quotation = Quotation(text=quote.text, author=quote.author, source=quote.source, page=quote.page, position=number)
        days = [None if offset is None else today + timedelta(days=offset) for offset in (quote.first, quote.last)]
        quotation.shown_from, quotation.shown_until = days
        quotation.full_clean()
        quotation.save()


def say(words: Words, *, by: User) -> None:
    """Let somebody say something, as far as it has come."""
    person = User.objects.get(name=words.person)
    wording = {"text": words.text, "attribution": words.attribution, "role": words.role}
    one = testimonials.offer(by=person, **wording, via=Via.COMMAND)
    if words.state != "offered":
        testimonials.ask(one, by=by, **wording, via=Via.COMMAND)
    if words.state == "published":
        testimonials.agree(one, by=person, via=Via.COMMAND)
        testimonials.publish(one, by=by, via=Via.COMMAND)


def introduce(helper: Helper, *, by: User) -> None:
    """Put somebody of the support team on the page, and let them choose what is shown."""
    person = _account(helper, by=by)
    member = TeamMember(user=person, role=helper.role, slug=helper.slug, text=helper.text)
    team.propose(
        member, by=by, photo=drawing.face(helper.name, helper.portrait), alt=f"Drawn portrait of {helper.name}", via=Via.COMMAND
    )
    shows = helper.shows
    team.confirm(member, by=person, name="name" in shows, text="text" in shows, photo="photo" in shows, via=Via.COMMAND)


def _account(helper: Helper, *, by: User) -> User:
    """Their account, which is made here unless the demo has made it already."""
    person: User | None = User.objects.filter(email=helper.email).first()
    if person is None:
        person = User.objects.create_user(helper.email, name=helper.name, time_zone="Europe/Brussels")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if not person.is_staff:
        people.take_into_support(person, by=by, via=Via.COMMAND)
        person.refresh_from_db()
    return person


def thank(*, by: User) -> None:
    """Name who makes the community possible."""
    for position, (name, url, text, kind) in enumerate(SUPPORTERS):
        supporter = Supporter(name=name, url=url, text=text, position=position)
        team.keep_supporter(supporter, by=by, logo=drawing.logo(kind), alt=name)
