"""A process which forks a worker or a beat of Celery for each line it reads: the seconds by which its clock is ahead, the file
that its words go to, and its arguments.

What all of them need is loaded once, before the first fork; each answer is the pid of the new process. Beat looks each second.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import django
import time_machine

from community.embedded import die_with_parent


def main() -> None:
    django.setup()
    # deferred: they need the applications
    import celery.apps.beat
    import celery.apps.worker
    import celery.bin.celery  # noqa: F401  loaded before the fork

    from community.celery import app
    from tests.correspondence.chaos.zygote import warm_up

    warm_up()
    app.loader.import_default_modules()
    for line in app.conf.beat_schedule.values():
        line["schedule"] = 1
        line["options"] = {}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children: the system takes them away
    print("ready", flush=True)  # noqa: T201  its way to speak
    for line in sys.stdin:
        ahead, log, *arguments = line.split()
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            die_with_parent(signal.SIGKILL)()
            words = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(words, sys.stdout.fileno())
            os.dup2(words, sys.stderr.fileno())
            time_machine.travel(datetime.now(UTC) + timedelta(seconds=float(ahead)), tick=True).start()
            app.start(arguments)
            os._exit(0)
        print(pid, flush=True)  # noqa: T201  its way to speak


if __name__ == "__main__":
    main()
