"""What happens to people, for the floors above. Each is sent inside the transaction; a receiver writes rows only, and does no I/O."""

from django.dispatch import Signal

# Somebody belongs from now on: `ambassador`, `invitation`. Sent once a person and invitation, after the commitments were affirmed and the
# nomination knows its nominee. Whoever was on the roster joins when they first sign in: `invitation` is None. Not for those who belonged
# already.
ambassador_joined = Signal()
