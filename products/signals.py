"""What other parts hear of products, inside the transaction: a receiver writes rows and nothing else."""

from django.dispatch import Signal

edition_moved = Signal()  # edition, before (its state until now), by (User | None), note
edition_saved = Signal()  # edition, by: its words have changed, and its revision with them
