"""What comes due in moderation: the clock of the outbox asks this every few minutes."""

from __future__ import annotations

from correspondence.due import steps
from discussions.moderation import measures

steps.add("pauses by two of the support team", measures.end_pauses)
