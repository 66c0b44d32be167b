"""What happens in discussions, for the other parts and the floors above. Sent inside the transaction, under the thread's lock: a receiver
writes a few rows of its own, and does no I/O."""

from django.dispatch import Signal

thread_opened = Signal()  # `thread`: it is there for its space from now on (not sent for private ones)
post_added = Signal()  # `post`, `thread`: somebody said something
post_edited = Signal()  # `post`: its words are others now
post_withdrawn = Signal()  # `post`: its words are not to be read any more (taken back by its author, or hidden)
people_named = Signal()  # `post`, `thread`, `people`: they are named in it, now for the first time, and can read it
