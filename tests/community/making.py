"""Builders of news, slides and what people say, through the functions that the site itself calls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from community.models import Deck, NewsItem, Quotation, Supporter, TeamMember, Testimonial
from community.stories.workflow import decks, testimonials
from community.stories.workflow import news as newsroom
from community.stories.workflow import team as newcomers
from foundation import uploads
from tests import make
from tests.foundation.files import PDF, picture, sent


def team() -> object:
    """One of the support team."""
    return make.person("Nadia Newsroom", is_staff=True)


def news(title: str, *, by=None, status: str = "published", days_ago: float = 0, **fields) -> NewsItem:
    """A piece of news in the state asked for; `days_ago` puts one that is out back in time."""
    by = by or team()
    item = NewsItem(title=title, slug=fields.pop("slug", slugify(title)), body=fields.pop("body", "<p>All of it.</p>"), **fields)
    newsroom.keep(item, by=by)
    if status in {"published", "withdrawn"}:
        newsroom.publish(item, by=by)
    if status == "scheduled":
        newsroom.schedule(item, at=timezone.now() + timedelta(days=1), by=by)
    if days_ago:
        NewsItem.objects.filter(pk=item.pk).update(publish_at=timezone.now() - timedelta(days=days_ago))
        item.refresh_from_db()
    if status == "withdrawn":
        newsroom.withdraw(item, by=by)
    return item


def deck(title: str, *, by=None, status: str = "published", text: str = "<p>Slide 1: a door.</p>", **fields) -> Deck:
    """Slides with their file and their text, in the state asked for."""
    by = by or team()
    made = Deck(title=title, slug=slugify(title), text_alternative=text, **fields)
    cover = uploads.checked(sent(picture(), "cover.jpg"))
    decks.keep(made, by=by, file=uploads.checked(sent(PDF, "slides.pdf")), cover=cover, alt="An open door")
    if status in {"published", "withdrawn"}:
        decks.publish(made, by=by)
    if status == "withdrawn":
        decks.withdraw(made, by=by)
    return made


def quotation(text: str = "Begin where you are.", author: str = "Ada Example", **fields) -> Quotation:
    return Quotation.objects.create(text=text, author=author, **fields)


def words_of(person, *, by=None, status: str = "published", text: str = "It made me braver.", **fields) -> Testimonial:
    """What somebody says, in the state asked for."""
    by = by or team()
    wording = {"text": text, "attribution": fields.pop("attribution", "full"), "role": fields.pop("role", "Director")}
    one = testimonials.offer(by=person, **wording)
    if status != "offered":
        testimonials.ask(one, by=by, **wording, **fields)
    if status in {"agreed", "published"}:
        testimonials.agree(one, by=person)
    if status == "published":
        testimonials.publish(one, by=by)
    if status == "withdrawn":
        testimonials.withdraw(one, by=person)
    return one


def team_member(
    person, *, by=None, role: str = "Community manager", text: str = "Ask me anything.", shown=(), **fields
) -> TeamMember:
    """A line about somebody of the team; `shown` names what they confirmed, and when it is empty they were only asked."""
    slug = fields.pop("slug", f"{slugify(role)}-{person.pk}")
    member = TeamMember(user=person, role=role, slug=slug, text=text)
    newcomers.propose(member, by=by or team(), **fields)
    if shown:
        newcomers.confirm(member, by=person, **{name: name in shown for name in ("name", "text", "photo")})
    return member


def supporter(name: str = "Harbour Foundation", *, by=None, **fields) -> Supporter:
    one = Supporter(name=name, **fields)
    newcomers.keep_supporter(
        one, by=by or team(), logo=uploads.checked(sent(picture("PNG"), "logo.png")), alt=f"{name}: a lighthouse"
    )
    return one
