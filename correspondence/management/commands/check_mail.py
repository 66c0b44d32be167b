from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import chain
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from correspondence.checking import records, servers, traffic, ways_in
from correspondence.checking.findings import Finding, Findings, Level, look, right, wrong


def address(text: str) -> str:
    """The IP address, or the error that says what it is not."""
    return str(ip_address(text))


class Command(BaseCommand):
    """The first thing to run when mail does not arrive (docs/email.md)."""

    help = "Say line by line what is right and what is wrong with the mail of this site. Sends nothing. Exit code 1: something is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dkim", action="append", default=[], metavar="SELECTOR", help="look for the key of this selector (repeatable)"
        )
        parser.add_argument(
            "--sends-from",
            action="append",
            default=[],
            type=address,
            metavar="IP",
            help="an address that your mail server sends from (repeatable)",
        )
        parser.add_argument("--resolver", default="", metavar="IP[:PORT]", help="ask this name server instead of the system's")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for finding in self._all(options):
            found.append(finding)
            self._say(finding)
        counted = {level: sum(finding.level == level for finding in found) for level in Level}
        self.stdout.write(
            f"\n{counted[Level.WRONG]} wrong, {counted[Level.LOOK]} to look at, {counted[Level.UNKNOWN]} unknown, {counted[Level.RIGHT]} right."
        )
        if counted[Level.WRONG]:
            sys.exit(1)

    def _all(self, options: dict[str, Any]) -> Iterator[Finding]:
        looked_up = {"selectors": options["dkim"], "sends_from": options["sends_from"], "server": options["resolver"]}
        yield from _check_settings()
        yield from records.check_records(settings.MAIL_DOMAIN, **looked_up)
        yield from chain(servers.check_smtp(), servers.check_imap(), ways_in.check_ways_in())
        try:
            yield from chain(ways_in.check_word_on_senders(), traffic.check_out(), traffic.check_in())
        except DatabaseError as error:
            yield wrong(f"The database could not be asked ({type(error).__name__}).", "Is it there, and is it migrated?")

    def _say(self, finding: Finding) -> None:
        style = {Level.RIGHT: self.style.SUCCESS, Level.WRONG: self.style.ERROR, Level.LOOK: self.style.WARNING}
        self.stdout.write(f"{style.get(finding.level, str)(f'{finding.level:<8}')} {finding.sentence}")
        if finding.hint:
            self.stdout.write(f"{'':<8} -> {finding.hint}")


def _check_settings() -> Findings:
    yield right(f"We write from addresses at {settings.MAIL_DOMAIN}; links lead to {settings.SITE_URL}.")
    for told in checks.run_checks(include_deployment_checks=True):
        if str(told.id).startswith("community."):
            yield (wrong if told.level >= checks.ERROR else look)(told.msg, told.hint or "")
