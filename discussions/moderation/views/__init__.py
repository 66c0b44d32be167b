"""Pages of moderation, a file per subject."""
