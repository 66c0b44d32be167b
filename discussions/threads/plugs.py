"""What the pages of threads plug into the house."""

from discussions.threads import offers

__all__ = ["offers"]
