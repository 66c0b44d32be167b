"""What erasing a person leaves of conversation pieces: who took one loses their name with the account."""

from __future__ import annotations

from foundation.privacy_export import exempt

exempt.add("discussions.Piece", "the community's library of questions; nothing in it is about a person")
exempt.add("discussions.PieceUse", "which question a series asked; the series is in the section of whoever looks after it")
