"""What comes due in vetting: the clock of the outbox asks each of these every few minutes."""

from __future__ import annotations

from ambassadors.vetting import workflow
from correspondence.due import steps

steps.add("“not now” whose day has come", workflow.come_back)
steps.add("reminders to vetters", workflow.remind)
