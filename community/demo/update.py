"""The Update of the demo: two that went out, one that waits for its time, one half written, and people outside who get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from ambassadors.models import User
from community.models import NewsItem, PageEdition
from correspondence.models import Subscription, Update, UpdatePart
from correspondence.update import subscribing, workflow
from foundation import search
from foundation.models import Via


@dataclass(frozen=True)
class Passage:
    """A passage of a letter; `news` is how the title of the piece that it picks begins, `page` the key of a page."""

    heading: str
    words: str = ""
    news: str = ""
    page: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter: how many days ago it went out; none for a draft, a negative number for one that is to go out."""

    title: str
    lead: str
    opening: str
    passages: tuple[Passage, ...]
    closing: str
    days_ago: int | None


LETTERS = [
    Letter(
        "Nineteen boards, and one that laughed",
        "What happened when we asked for the figure that disappointed most.",
        "<p>Some of you have asked what ambassadors do between two gatherings. Mostly they write to each other. This autumn nineteen of "
        "them told us of an evening they would rather forget.</p>",
        (
            Passage("What they told us", news="What nineteen boards"),
            Passage(
                "Try it at your table",
                "<p>Bring one figure that went down. Say first whom it concerns, then how you know it. Leave the reasons for the second "
                "half of the meeting: you will be surprised how few are needed.</p>",
            ),
        ),
        "<p>One chair laughed out loud when she read the answers, because hers was among them and she had not recognised it.</p>",
        58,
    ),
    Letter(
        "Shorter afternoons, and a sentence we argued about",
        "Two small changes that took longer than we thought.",
        "<p>Both of this month's stories are about leaving something out: the talks at our gatherings, and words that were said in "
        "confidence.</p>",
        (
            Passage("An hour without slides", "<p>It began with a remark at the coffee urn.</p>", news="One afternoon"),
            Passage("What stays in the room", news="A new sentence"),
            Passage("The rules themselves", "<p>They fit on a page, and are written for people who disagree.</p>", page="norms"),
        ),
        "<p>If you know somebody who ought to hear of us, hand this letter on. Everything in it can be read by everybody.</p>",
        19,
    ),
    Letter(
        "Three questions worth stealing",
        "A clinic, a kitchen and a job centre threw away a hundred and thirty.",
        "<p>We like lists that get shorter. This one lost a hundred and thirty lines in two afternoons, and nobody has missed a single "
        "one of them.</p>",
        (
            Passage("The three that stayed", news="Three questions"),
            Passage(
                "How we take part",
                "<p>Some of us give an hour a month, others a day a week, and a few have begun to bring a neighbour along.</p>",
                page="engagement",
            ),
        ),
        "<p>The next letter comes when there is something to say.</p>",
        -3,
    ),
    Letter(
        "What the harbour pilots measure",
        "",
        "<p>Half a page about depth, and who decides what counts as deep enough. Ask Ngozi whether we may use her drawing.</p>",
        (Passage("To be written", "<p>A paragraph on tides, and the one question that pilots put to each other.</p>"),),
        "",
        None,
    ),
]
SUBSCRIBERS = ["renske@housing.tidemark.example", "b.nkemelu@radio.tidemark.example", "solveig@library.tidemark.example"]
ASKED = "curious@reader.tidemark.example"


def write_letters(*, by: User) -> None:
    """Write them as an editor does, and let those out whose day has come. The mail of that day is long read."""
    for letter in LETTERS:
        _write(letter, by=by)
    for address in SUBSCRIBERS:
        subscribing.confirm(Subscription.objects.create(address=address, asked_at=timezone.now() - timedelta(days=70)))
    subscribing.ask(ASKED)


def _write(letter: Letter, *, by: User) -> None:
    update = Update(
        title=letter.title, slug=slugify(letter.title), lead=letter.lead, opening=letter.opening, closing=letter.closing
    )
    workflow.keep(update, by=by)
    for place, passage in enumerate(letter.passages, start=1):
        source, item = _picked(passage)
        UpdatePart.objects.create(
            update=update, position=place * 10, heading=passage.heading, words=passage.words, source=source, item=item
        )
    if letter.days_ago is None:
        return
    morning = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0)
    at = morning + timedelta(days=-letter.days_ago if letter.days_ago < 0 else 1)
    workflow.schedule(update, at=at, zone=by.time_zone, by=by, via=Via.COMMAND)
    if letter.days_ago > 0:
        _let_out(update, letter.days_ago)


def _let_out(update: Update, days_ago: int) -> None:
    workflow.begin(update)
    workflow.end(update)
    moment = timezone.now() - timedelta(days=days_ago)
    Update.objects.filter(pk=update.pk).update(began_at=moment, ended_at=moment, send_at=moment, posted=37)
    update.refresh_from_db()
    search.index(update)


def _picked(passage: Passage) -> tuple[str, str]:
    if passage.news:
        return "news", str(NewsItem.objects.get(title__startswith=passage.news).pk)
    edition = PageEdition.objects.published().of(passage.page).first() if passage.page else None
    return ("pages", str(edition.page_id)) if edition else ("", "")
