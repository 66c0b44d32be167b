"""Whatever happens to spaces, threads, posts and roles: each finds exactly what stands and is visible to them."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions import signals, workflow
from discussions.models import Participant, Post, Space, SpaceRole, Thread
from foundation import search
from foundation.workflow import record
from tests.discussions import making

THREADS, PEOPLE, SPACES = st.integers(0, 4), st.integers(0, 2), st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("say"), THREADS, PEOPLE),
    st.tuples(st.just("stand"), THREADS, st.sampled_from(Thread.Status.values)),
    st.tuples(st.just("move"), THREADS, SPACES),
    st.tuples(st.just("show"), THREADS, st.sampled_from(Post.Status.values)),
    st.tuples(st.just("role"), SPACES, PEOPLE),
    st.tuples(st.just("openness"), SPACES, st.sampled_from(Space.Openness.values)),
    st.tuples(st.just("seat"), st.just(4), PEOPLE),
)


class World:
    """A topic, an open, a closed and a hidden micro-community with a thread each, a private thread, and who is about."""

    def __init__(self, alice, bob, staff, alumna) -> None:
        self.people = [alice, bob, staff]
        self.readers = [*self.people, alumna, AnonymousUser()]
        self.spaces = [making.topic(), *(making.micro(alice, name=f"A {how} one", openness=how) for how in Space.Openness.values)]
        threads = [making.thread(space, alice, subject=f"Needle of {space}", body="A needle.") for space in self.spaces]
        private = workflow.start_private_thread(by=alice, to=bob, subject="Needle between us", body="A needle.")
        self.threads = [*(thread.pk for thread in threads), private.pk]

    def say(self, thread: int, person: int) -> None:
        with suppress(workflow.PostNotTaken, workflow.PermissionDenied):
            workflow.reply(Thread.objects.get(pk=self.threads[thread]), by=self.people[person], body="Another needle.")

    def stand(self, thread: int, status: str) -> None:
        self._change(thread, status=status)

    def move(self, thread: int, space: int) -> None:
        if thread < 4:
            self._change(thread, space=self.spaces[space])

    def show(self, thread: int, status: str) -> None:
        post = Post.objects.filter(thread=self.threads[thread]).latest("number")
        Post.objects.filter(pk=post.pk).update(status=status)
        (signals.post_edited if status == "shown" else signals.post_withdrawn).send(Post, post=post)

    def role(self, space: int, person: int) -> None:
        role = {"space": self.spaces[space], "person": self.people[person], "role": "promoter"}
        if not SpaceRole.objects.filter(**role).delete()[0]:
            SpaceRole.objects.create(**role)

    def openness(self, space: int, openness: str) -> None:
        if space:
            Space.objects.filter(pk=self.spaces[space].pk).update(openness=openness)

    def seat(self, thread: int, person: int) -> None:
        seat = {"thread_id": self.threads[thread], "person": self.people[person]}
        if not Participant.objects.filter(**seat).delete()[0]:
            Participant.objects.create(**seat, seat=person + 4)
        record("seated", Thread.objects.get(pk=self.threads[thread]), by=None)

    def _change(self, thread: int, **fields) -> None:
        Thread.objects.filter(pk=self.threads[thread]).update(**fields)
        record("changed", Thread.objects.get(pk=self.threads[thread]), by=None)


def found(reader, kind: str) -> tuple[list[str], int]:
    told = search.search(reader, "needle", kind=kind, size=500)
    return sorted(hit.url for hit in told.hits), told.total


def standing(reader, kind: str) -> tuple[list[str], int]:
    """What the reader is to find, told by the querysets that every page reads through."""
    threads = Thread.objects.visible_to(reader).filter(status__in=["open", "locked"])
    posts = Post.objects.visible_to(reader).filter(status="shown", thread__in=threads)
    seen = sorted(row.get_absolute_url() for row in (posts if kind == "post" else threads))
    return seen, len(seen)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_each_finds_what_is_visible_to_them_and_nothing_else(steps, alice, bob, staff, alumna):
    with transaction.atomic():
        world = World(alice, bob, staff, alumna)
        for step, *about in steps:
            getattr(world, step)(*about)

        for reader in world.readers:
            for kind in ("post", "thread"):
                assert found(reader, kind) == standing(reader, kind)
        transaction.set_rollback(True)
