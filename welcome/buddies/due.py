"""What comes due about buddies: the clock of the outbox asks each of these every few minutes, and two clocks do no harm."""

from __future__ import annotations

from correspondence.due import steps
from welcome.buddies import matching, sending, taking_over, together

steps.add("buddies who cannot", taking_over.replace_who_cannot)
steps.add("buddies to suggest anew", matching.renew_suggestions)
steps.add("buddies to suggest", matching.suggest_for_waiting)
steps.add("buddies to confirm", matching.confirm_due)
steps.add("welcomes to send", sending.send_due)
steps.add("buddies to remind", together.remind)
steps.add("quiet buddies", together.offer_somebody_else)
steps.add("newcomers who have arrived", matching.let_arrived_go)
