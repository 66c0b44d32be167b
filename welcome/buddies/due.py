"""What comes due about buddies: the clock of the outbox asks each of these every few minutes, and two clocks do no harm."""

from __future__ import annotations

from correspondence.due import steps
from welcome.buddies import matching

steps.add("buddies to suggest anew", matching.renew_suggestions)
steps.add("buddies to suggest", matching.suggest_for_waiting)
steps.add("buddies to confirm", matching.confirm_due)
steps.add("newcomers who have arrived", matching.let_arrived_go)
