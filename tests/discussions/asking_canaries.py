"""Canaries in Ask Me Abouts of a closed micro-community of the ambassador's: before it opens, open, and what came late."""

from __future__ import annotations

from discussions.asking import questions, reading
from discussions.models import AskMeAbout, Question
from tests import make
from tests.discussions import asking_making, making
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    host = garden.cast.ambassador
    space = making.micro(host, name="A circle that asks", openness="hidden")
    asker, knower = make.ambassador("Ada Asker"), make.ambassador("Kim Knows")
    for person in (asker, knower):
        making.join(space, person)
    in_preparation(garden, space)
    session = asking_making.opened(host, space, subject=garden.canary("discussions.Thread.subject", "ambassador"))
    AskMeAbout.objects.filter(pk=session.pk).update(
        about=garden.canary("discussions.AskMeAbout.about", "ambassador"), zone="Atlantic/Faroe"
    )
    first, second = asking_making.ask(
        session,
        asker,
        "\n".join(f"{number}. {garden.canary('discussions.Question.text', 'ambassador')}?" for number in (1, 2)),
    )
    questions.hand_over(first, knower, word=garden.canary("discussions.Question.word"), by=host)
    (post,) = questions.answer([(second, f"<p>{garden.canary('discussions.Post.body', 'ambassador')}</p>")], by=host)
    lift(garden, post)
    garden.pages += [session.get_absolute_url(), first.get_absolute_url(), second.get_absolute_url()]
    late = Question.objects.create(
        session=session, text=garden.canary("discussions.Question.text", "ambassador"), asker=asker, status="kept late"
    )
    garden.pages.append(late.get_absolute_url())


def in_preparation(garden: Garden, space) -> None:
    """One that nobody but its host sees yet."""
    session = asking_making.prepared(
        garden.cast.ambassador,
        space,
        introduction=f"<p>{garden.canary('discussions.AskMeAbout.introduction', 'ambassador')}</p>",
        opening=garden.canary("discussions.AskMeAbout.opening", "ambassador"),
    )
    garden.pages.append(session.get_absolute_url())


def lift(garden: Garden, post) -> None:
    """Something to read, which the host named."""
    words = {field: garden.canary(f"discussions.ReadingItem.{field}", "ambassador") for field in ("title", "writer", "note")}
    link = f"https://books.example/{garden.canary('discussions.ReadingItem.url', 'ambassador')}"
    reading.lift(post, by=garden.cast.ambassador, url=link, **words)
