"""A real SMTP server on loopback which does what a test tells it to do at each step of a delivery, and remembers what it has taken."""

from __future__ import annotations

import asyncio
import contextlib
import email
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, Envelope

T = TypeVar("T")

STEPS = ("greeting", "MAIL", "RCPT", "DATA", "text", "end", "QUIT")  # "text": 354 was said; "end": the dot came, no answer yet
PATIENCE = 20


@dataclass(frozen=True)
class Taken:
    """A mail that the server has."""

    sender: str
    recipient: str
    message_id: str


Rule = Callable[["Door"], Awaitable[str | None]]


def refuse(answer: str) -> Rule:
    """Answer so instead of going on."""

    async def rule(door: Door) -> str | None:
        return answer

    return rule


def slow(seconds: float) -> Rule:
    """Go on, but not soon."""

    async def rule(door: Door) -> str | None:
        await asyncio.sleep(seconds)
        return None

    return rule


async def hang_up(door: Door) -> str | None:
    """Close the connection without a word."""
    door.transport.abort()
    await asyncio.sleep(PATIENCE)  # the lost connection cancels this
    return None


class Hold:
    """A delivery that waits at one step until the test lets it go on. Those that come later wait too."""

    def __init__(self) -> None:
        self._reached, self._released = threading.Event(), threading.Event()

    async def __call__(self, door: Door) -> str | None:
        self._reached.set()
        while not self._released.is_set():
            await asyncio.sleep(0.02)
        return None

    def wait(self) -> None:
        assert self._reached.wait(PATIENCE), "no delivery came to this step"

    def release(self) -> None:
        self._released.set()


class MailServer:
    """The server. `taken` has each mail whose text has come to its end and was not refused."""

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}
        self.taken: list[Taken] = []
        self.port = 0
        self._doors: set[Door] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._open()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def doing(self, step: str, rule: Rule) -> Iterator[None]:
        assert step in STEPS
        self.rules[step] = rule
        try:
            yield
        finally:
            del self.rules[step]

    @contextlib.contextmanager
    def holding(self, step: str) -> Iterator[Hold]:
        hold = Hold()
        with self.doing(step, hold):
            try:
                yield hold
            finally:
                hold.release()

    @contextlib.contextmanager
    def gone(self) -> Iterator[None]:
        """Nobody listens."""
        self._in_loop(self._close())
        try:
            yield
        finally:
            self._open()

    def stop(self) -> None:
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    async def reach(self, step: str, door: Door) -> str | None:
        rule = self.rules.get(step)
        return await rule(door) if rule else None

    async def handle_DATA(self, door: Door, session: object, envelope: Envelope) -> str:  # noqa: N802
        message_id = str(email.message_from_bytes(envelope.content)["Message-ID"])
        mail = Taken(envelope.mail_from, envelope.rcpt_tos[0], message_id)
        self.taken.append(mail)  # before any answer: a client that is killed now does not know that we have it
        answer = await self.reach("end", door)
        if answer is not None:
            self.taken.remove(mail)
        return answer or "250 2.0.0 taken"

    def _door(self) -> Door:
        door = Door(self)
        self._doors.add(door)
        return door

    def _open(self) -> None:
        self._server = self._in_loop(self._loop.create_server(self._door, "127.0.0.1", self.port))
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for door in self._doors:
            if door.transport is not None:
                door.transport.abort()
        self._doors.clear()
        await asyncio.sleep(0.05)  # the aborted connections cancel what was waiting

    def _in_loop(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)


class Door(SMTP):
    """One connection."""

    def __init__(self, owner: MailServer) -> None:
        self.owner = owner
        super().__init__(owner, hostname="mx.example.org", loop=asyncio.get_running_loop())

    async def _handle_client(self) -> None:
        answer = await self._reach("greeting")
        if answer is None:
            await super()._handle_client()
        else:
            await self.push(answer)
            self.transport.close()

    async def push(self, status: str | bytes) -> None:
        await super().push(status)
        if str(status).startswith("354"):
            await self._reach("text")

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        await self._answer_or("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        await self._answer_or("RCPT", super().smtp_RCPT, arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        await self._answer_or("QUIT", super().smtp_QUIT, arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        await self._answer_or("DATA", super().smtp_DATA, arg)

    async def _answer_or(self, step: str, go_on: Callable[[str], Awaitable[None]], arg: str) -> None:
        answer = await self._reach(step)
        if answer is None:
            await go_on(arg)
        else:
            await self.push(answer)

    async def _reach(self, step: str) -> str | None:
        return await self.owner.reach(step, self)
