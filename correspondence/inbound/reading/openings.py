"""What a server puts above somebody's words: a warning that the mail came from outside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from correspondence.inbound.reading.closing_words import THIS_MAIL
from correspondence.inbound.reading.lines import Line

MARKED = re.compile(
    r"^\W*(?:external|caution|warning|attention|achtung|vorsicht|warnung|let op|waarschuwing|atenci[oó]n|precauci[oó]n|aviso|atenção|attenzione|avertissement"
    r"|externe?[rn]?\b|this (?:e-?mail|message) (?:originated|was sent|came)|diese (?:e-?mail|nachricht) (?:kommt|stammt|wurde)|ce (?:message|courriel|mail) (?:provient|vient)"
    r"|este (?:correo|mensaje) (?:proviene|procede)|(?:deze|dit) (?:e-?mail|bericht) (?:komt|is)|外部|社外|注意|警告)",
    re.IGNORECASE,
)
OUTSIDE = re.compile(
    r"\bexternal\b|\boutside\b|\bextern\w{0,2}\b|außerhalb|ext[ée]rieur|\bfuera de\b|\bexterno\b|\bvan buiten\b|\bestern[oa]\b|外部|社外|組織外",
    re.IGNORECASE,
)
ADVICE = re.compile(
    r"\blinks?\b|\battachments?\b|\banhänge\b|\bliens?\b|pi[èe]ces jointes|\benlaces?\b|\badjuntos\b|\banexos\b|\bbijlagen\b|\bkoppelingen\b|\ballegati\b"
    r"|链接|連結|リンク|附件|添付",
    re.IGNORECASE,
)
MOST_ROWS = 8
LONGEST = 700


def opening_of(lines: Sequence[Line]) -> set[int]:
    """Return the lines of the first paragraph, when it is a warning and somebody's words come below; else none."""
    first = next((at for at, line in enumerate(lines) if line.text), len(lines))
    ends = next((at for at in range(first, len(lines)) if not lines[at].text or _begins_anew(lines, first, at)), len(lines))
    rows = lines[first:ends][: MOST_ROWS + 1]
    told = " ".join(line.text for line in rows)
    is_warning = len(told) <= LONGEST and all(pattern.search(told) for pattern in (MARKED, OUTSIDE, ADVICE, THIS_MAIL))
    if not is_warning or len(rows) > MOST_ROWS or any(line.depth for line in rows) or not any(line.text for line in lines[ends:]):
        return set()
    return set(range(first, ends))


def _begins_anew(lines: Sequence[Line], first: int, at: int) -> bool:
    """Whether what stands above is a warning as a whole already: no blank line may stand between it and the first of one's words."""
    above = " ".join(line.text for line in lines[first:at][:MOST_ROWS])
    return at > first and lines[at].as_written is None and bool(OUTSIDE.search(above) and ADVICE.search(above))
