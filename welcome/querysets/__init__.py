from welcome.querysets.buddies import BuddyMatchQuerySet, BuddyQuerySet, BuddyTextQuerySet

__all__ = ["BuddyMatchQuerySet", "BuddyQuerySet", "BuddyTextQuerySet"]
