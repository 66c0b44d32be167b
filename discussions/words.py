"""The words of a post: typed or mailed as plain text, kept as the rich text of the house."""

from foundation.richtext import from_plain as rich_from_plain
from foundation.richtext import to_plain

LONGEST = 50_000

__all__ = ["LONGEST", "rich_from_plain", "to_plain"]
