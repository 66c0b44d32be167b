"""Mail that comes in: stored raw, then read, then handed to the app that its address belongs to.

`receive(raw, recipient)` is the one road for the MTA's pipe, the IMAP poll and the mailbox of the demo.
"""

from correspondence.inbound import admin, answering, emails, helping, privacy, stopping, tasks

__all__ = ["admin", "answering", "emails", "helping", "privacy", "stopping", "tasks"]
