"""A real SMTP server on loopback, which can be told to misbehave at any step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from community.embedded import free_port

DROP = object()  # close the connection instead of answering


class MailServer:
    """Takes mail into `taken`. `say` holds an answer by step ("connect", "MAIL", "RCPT", "DATA", "end"), or by RCPT address.

    An answer is a reply line, DROP, a number of seconds to wait before the usual answer, or a function called first.
    At "end" the mail is taken before the answer is given: DROP there leaves the sender not knowing.
    """

    def __init__(self, **say: Any) -> None:
        self.say: dict[str, Any] = say
        self.taken: list[tuple[list[str], str, EmailMessage]] = []
        self.steps: list[str] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self._controller.factory = self._session
        self._sessions: list[SMTP] = []

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(self, *args: Any) -> None:
        """Close what is still open, so that no socket outlives its loop."""
        loop = self._controller.loop
        asyncio.run_coroutine_threadsafe(self._hang_up(), loop).result(10)
        self._controller.stop()

    async def _hang_up(self) -> None:
        for session in self._sessions:
            if session.transport is not None:
                session.transport.abort()
        await asyncio.sleep(0.01)

    def _session(self) -> SMTP:
        self._sessions.append(_Session(self, hostname="localhost", enable_SMTPUTF8=False))
        return self._sessions[-1]

    @property
    def messages(self) -> list[EmailMessage]:
        return [message for _, _, message in self.taken]

    def recipients(self) -> list[str]:
        return sorted(address for addresses, _, _ in self.taken for address in addresses)

    async def answer(self, step: str, usual: str, server: SMTP) -> Any:
        self.steps.append(step)
        told = self.say.get(step)
        if isinstance(told, Callable):
            told = told()
        if told is DROP:
            server.transport.abort()
            return "421 bye"
        if isinstance(told, int | float):
            await asyncio.sleep(told)
            told = None
        return told or usual

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return await self.answer("MAIL", "250 OK", server)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return await self.answer(address if address in self.say else "RCPT", "250 OK", server)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        refusal = self.say.get("end")
        if not (isinstance(refusal, str) and refusal[0] in "45"):
            message = message_from_bytes(envelope.original_content, policy=policy.default)
            self.taken.append((list(envelope.rcpt_tos), envelope.mail_from, message))
        return await self.answer("end", "250 taken", server)


class _Session(SMTP):
    """Asks the server what to say at the two steps for which aiosmtpd has no hook."""

    async def _handle_client(self):
        told = await self.event_handler.answer("connect", "", self)
        if told:
            await self.push(told)
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg):  # noqa: N802
        told = await self.event_handler.answer("DATA", "", self)
        if told:
            await self.push(told)
            return
        await super().smtp_DATA(arg)
