"""More conversations than anybody would invent one by one: threads in bulk, their posts by the database itself, of the same shape as those
that the workflow makes: numbers without gaps, labels of the day, entries to be found by, read marks, follows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import prefetch_related_objects
from django.utils import timezone

from ambassadors.models import User
from community.demo import bulk_talk_sql as sql
from community.demo.conversations import CONVERSATIONS
from community.demo.people import AMBASSADORS
from discussions.labels import MOST
from discussions.models import Participant, Post, Space, SpaceRole, Thread
from discussions.spaces.workflow import start_space
from discussions.words import rich_from_plain, to_plain
from foundation.search import index_made, learn

BATCH = 500
HOT = 5000  # posts of the one thread that everybody is in
MOST_PEOPLE = 2000
PARAGRAPHS = 600
OPENNESS = (Space.Openness.OPEN, Space.Openness.CLOSED, Space.Openness.HIDDEN)


@dataclass
class Planned:
    """A thread that is to be, who talks in it, and how many posts it gets."""

    thread: Thread
    people: list[int]
    posts: int


def talk_a_lot(threads: int, posts: int, seed: int) -> None:
    """Make `threads` threads with about `posts` posts in all: the same seed makes the same ones, and the same people say them."""
    if not threads:
        return
    crowd = Chatter(random.Random(seed))  # noqa: S311  the same words each time, no secret
    crowd.open_micro_communities(min(200, threads // 50))
    crowd.write_paragraphs()
    plan = crowd.plan(threads, max(posts, threads))
    while some := [planned for _, planned in zip(range(BATCH), plan, strict=False)]:
        crowd.let_talk(some)


class Chatter:
    """Lets the people of the community talk. Their words are those of the invented ones, mixed: what is measured is their number."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.now = dice, timezone.now()
        active = User.objects.filter(is_active=True, ambassador__status="active").order_by("pk")
        self.people = list(active.values_list("pk", flat=True))
        self.sentences = list(_sentences())

    def open_micro_communities(self, number: int) -> None:
        """Begin them, a third of each openness, with up to thirty people each; and remember who reads which space."""
        for count in range(number):
            leader, *others = self.dice.sample(self.people, min(len(self.people), self.dice.randrange(4, 30)))
            space = start_space(
                by=User.objects.get(pk=leader),
                name=f"{self._subject()[:60]} {count + 1}",
                purpose=self.dice.choice(self.sentences),
                openness=OPENNESS[count % len(OPENNESS)],
            )
            SpaceRole.objects.bulk_create(
                SpaceRole(space=space, person_id=person, role=self.dice.choice(SpaceRole.Role.values)) for person in others
            )
        self.topics = list(Space.objects.filter(kind=Space.Kind.TOPIC).order_by("pk"))
        self.micro: dict[Space, list[int]] = {space: [] for space in Space.objects.filter(kind=Space.Kind.MICRO).order_by("pk")}
        for role in SpaceRole.objects.filter(space__in=self.micro).exclude(role="promoter").select_related("space").order_by("pk"):
            self.micro[role.space].append(role.person_id)

    def write_paragraphs(self) -> None:
        """Put some hundred paragraphs where the database takes them from, as rich text, as plain text and as words to be found by."""
        plain = [" ".join(self.dice.sample(self.sentences, self.dice.randrange(1, 4))) for _ in range(PARAGRAPHS)]
        rich = [rich_from_plain(text) for text in plain]
        with connection.cursor() as cursor:
            cursor.execute(sql.PARAGRAPHS, {"rich": rich, "plain": [to_plain(html) for html in rich]})
            cursor.execute(sql.LABELS, {"most": MOST})
        learn(plain)

    def plan(self, threads: int, posts: int) -> Iterator[Planned]:
        """The hot one first; of the others few are long and many are short."""
        hot = min(HOT, posts // 2)
        yield Planned(
            self._thread(self.topics[0], self.people[0], hot, timedelta(days=40), timedelta(minutes=1)),
            self.people[:MOST_PEOPLE],
            hot,
        )
        left = posts - hot
        for rest in range(threads - 1, 0, -1):
            number = max(1, min(400, left - rest + 1, round(self.dice.paretovariate(1.4) * 0.29 * left / rest)))
            left -= number
            yield self._planned(number)

    def _planned(self, number: int) -> Planned:
        where = self.dice.random()
        if where < 0.08:
            space, people = None, self.dice.sample(self.people, min(len(self.people), self.dice.randrange(2, 6)))
        elif where < 0.30 and self.micro:
            space, people = self.dice.choice(list(self.micro.items()))
        else:
            space, people = self.dice.choice(self.topics), self.dice.sample(self.people, min(len(self.people), number, 40))
        ago = timedelta(minutes=self.dice.randrange(2, 1_500_000))
        lasted = min(ago, timedelta(minutes=self.dice.randrange(1, 30_000)))
        return Planned(self._thread(space, people[0], number, ago, ago - lasted), people, number)

    def _thread(self, space: Space | None, by: int, posts: int, ago: timedelta, until: timedelta) -> Thread:
        kinds = [Thread.Kind.DISCUSSION] * 3 + [Thread.Kind.QUESTION]
        return Thread(
            kind=self.dice.choice(kinds) if space else Thread.Kind.PRIVATE,
            status=Thread.Status.LOCKED if space and self.dice.random() < 0.02 else Thread.Status.OPEN,
            space=space,
            subject=self._subject(),
            started_by_id=by,
            started_at=self.now - ago,
            last_number=posts,
            last_post_at=self.now - until,
        )

    def _subject(self) -> str:
        words = self.dice.choice(self.sentences).split()
        start = self.dice.randrange(max(1, len(words) - 7))
        return " ".join(words[start : start + 8]).strip(" ,.;:?!").capitalize()[:150]

    def let_talk(self, some: list[Planned]) -> None:
        """Write these threads with all that belongs to them, in a bounded number of statements."""
        Thread.objects.bulk_create(planned.thread for planned in some)
        private = [planned for planned in some if planned.thread.is_private]
        Participant.objects.bulk_create(
            Participant(thread=planned.thread, person_id=person, seat=seat)
            for planned in private
            for seat, person in enumerate(planned.people, start=1)
        )
        prefetch_related_objects([planned.thread for planned in private], "participants")
        index_made("thread", [planned.thread for planned in some])
        self._write_posts(some)

    def _write_posts(self, some: list[Planned]) -> None:
        columns = _defaults_of(Post, sql.WRITTEN)
        seats = [(planned.thread.pk, person, planned.posts) for planned in some for person in planned.people]
        threads, people, numbers = zip(*seats, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(sql.SEATS, {"threads": list(threads), "people": list(people), "posts": list(numbers)})
            cursor.execute(sql.posts_of_seats(columns), {**columns, "paragraphs": PARAGRAPHS})
            cursor.execute(sql.ENTRIES, {"type": ContentType.objects.get_for_model(Post).pk})
            for follow_up in (sql.HELPED, sql.MARKS, sql.FOLLOWS, sql.AWAY):
                cursor.execute(follow_up)


def _sentences() -> Iterator[str]:
    texts = [text for person in AMBASSADORS for text in (person.bio, person.walk_the_talk)]
    texts += [line.text for conversation in CONVERSATIONS for line in conversation.lines]
    for text in texts:
        yield from (" ".join(said.split()) for said in re.split(r"(?<=[.?!])\s+", text) if len(said.split()) > 5)


def _defaults_of(model: type[Any], known: Iterable[str]) -> dict[str, Any]:
    """What the database cannot fill by itself in a row of `model`, beside the columns that are written."""
    left = (field for field in model._meta.concrete_fields if not field.primary_key and field.column not in set(known))
    defaults = {field.column: field.get_db_prep_save(field.get_default(), connection) for field in left}
    return {column: value for column, value in defaults.items() if value is not None}
