"""The support team's pages about the practice: instruments, and nothing of what organisations do with them."""

from practice.instruments import admin as instruments

__all__ = ["instruments"]
