"""What conversations put into a digest."""

from discussions.digesting import asked, talk

__all__ = ["asked", "talk"]
