"""The Celery application on another day: the clock of its process is CLOCK_AHEAD seconds ahead, and its beat looks each second."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import time_machine

ahead = timedelta(seconds=float(os.environ["CLOCK_AHEAD"]))
time_machine.travel(datetime.now(UTC) + ahead, tick=True).start()

from community.celery import app

for line in app.conf.beat_schedule.values():
    line["schedule"] = 1
    line["options"] = {}
