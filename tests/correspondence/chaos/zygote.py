"""A process which forks a worker for each line it reads: `COMMAND CRASH_AT`. The worker is killed with SIGKILL at that step.

A step is each moment before a statement or a commit goes to the database, before a line goes to or comes from the mail server, and
the end: between two of these, a worker does nothing that anybody else could see. 0 lets the worker live. It prints what became of the worker (`killed` or `ended`) and how many steps it made.
"""

from __future__ import annotations

import os
import signal
import smtplib
import sys
from io import StringIO

import django
from django.core.management import call_command


class Steps:
    """Counts the steps of this process, tells its parent, and dies at the chosen one."""

    def __init__(self, crash_at: int, report: int) -> None:
        self.crash_at, self.report, self.made = crash_at, report, 0

    def step(self) -> None:
        self.made += 1
        os.write(self.report, b".")
        if self.made == self.crash_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function):
        def stepping(*args, **kwargs):
            self.step()
            return function(*args, **kwargs)

        return stepping

    def wrap_statement(self, execute, sql, params, many, context):
        return self.around(execute)(sql, params, many, context)


def work(command: str, crash_at: int, report: int) -> None:
    from django.db import connection

    steps = Steps(crash_at, report)
    connection.ensure_connection()
    connection.execute_wrappers.append(steps.wrap_statement)
    connection._commit = steps.around(connection._commit)
    for name in ("connect", "send", "getreply"):
        setattr(smtplib.SMTP, name, steps.around(getattr(smtplib.SMTP, name)))
    call_command(command, stdout=StringIO())
    steps.step()


def warm_up() -> None:
    """Load what every worker needs, so that each fork has it at once; no connection is opened, for a fork would share it."""
    from django.core.cache import caches
    from django.core.management import get_commands, load_command_class
    from django.template.loader import get_template
    from django.urls import reverse

    assert caches["default"]
    reverse("admin:index")
    for command in ("sweep_outbox", "send_due"):
        load_command_class(get_commands()[command], command)
    for kind in ("digest", "note", "waiting"):
        for ending in ("subject.txt", "txt", "html"):
            get_template(f"emails/{kind}.{ending}")


def main() -> None:
    django.setup()
    warm_up()
    print("ready", flush=True)  # noqa: T201  its way to speak
    for line in sys.stdin:
        command, crash_at = line.split()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            try:
                work(command, int(crash_at), writing)
            except BaseException as error:  # noqa: BLE001  the parent must hear of it, whatever it is
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)  # noqa: T201  its way to speak
                os._exit(1)
            os._exit(0)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        made = len(os.read(reading, 1_000_000))
        os.close(reading)
        end = "killed" if os.WIFSIGNALED(status) else "ended" if os.WEXITSTATUS(status) == 0 else "failed"
        print(f"{end} {made}", flush=True)  # noqa: T201  its way to speak


if __name__ == "__main__":
    main()
