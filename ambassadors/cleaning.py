"""What is taken out of text that people and spreadsheets give us, and what is refused."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that turn the direction of the text around them, or are not seen at all.
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_line(text: str) -> str:
    """Return `text` as one tidy line: composed letters, single spaces, no invisible marks. Control characters are refused."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """The same for text of several lines, whose breaks stay."""
    text = UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text if char not in "\n\t"):
        raise ValidationError(_("There is a character in it that cannot be shown. Type it again instead of pasting it."))
    return text.strip()
