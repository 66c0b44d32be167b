"""What the elements of an HTML mail say about what stands in them: each mail program has its own classes and ids."""

from __future__ import annotations

import re
from dataclasses import dataclass

from correspondence.inbound.reading.lines import Place

# Around the mail that is answered, whole, and nothing else.
QUOTATION = re.compile(
    r"yahoo_quoted|zmail_extra(?!_hr)|mail-editor-reference-message-container|isreplycontent|tutanota_quote|moz-reply-quote"
    r"|hcl-quoted|replybody|reply-original|quoted_body|\bmail_?quote\b|hmquote|wm_quote|freemail_quote|cj_quote",
)
# Around it with the line that introduces it, and the answers that were written between: what is quoted in it is marked itself, if it is marked.
AROUND = re.compile(r"gmail_quote|protonmail_quote|messagereplysection|gmx_quote|mail_android_quote|front-blockquote|ymail_quote")
HEAD = re.compile(r"gmail_attr|moz-cite-prefix|airmail_on|reply-intro|quote-header|mail-quote-header|zmail_reply_head")
ORIGINAL = re.compile(r"divrplyfwdmsg|outlookmessageheader|mail-editor-reference-message-header")
ORIGINAL_STYLE = re.compile(r"border-top:\s*(?:solid )?#(?:e1e1e1|b5c4df)|border:\s*none;\s*border-top:\s*solid", re.IGNORECASE)
SIGNATURE = re.compile(
    r"signature|_sgn\b|-sgn\b|mailautosig|bloop_sign|mail_?sig\b|(?:^|[\s_-])sig(?:$|[\s_-])|neteasemailcard|_foxfromname|mobile-sig",
)
NO_SIGNATURE = re.compile(r"signature_block-empty|beginningofsignature|separator")
INDENT = re.compile(r"border(?:-left)?:\s*(?:none|0)|webkit-indent", re.IGNORECASE)
PREFORMATTED = re.compile(r"white-space:\s*(?:pre|break-spaces)", re.IGNORECASE)
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden", re.IGNORECASE)
HIGHLIGHTED = re.compile(
    r"background(?:-color)?:\s*(?:yellow|lime|aqua|#ff0\b|#ffff00|#00ff00|#00ffff|rgb\(255, ?255, ?0\))", re.IGNORECASE
)
COLOUR = re.compile(r"(?:^|[;\s])color:\s*([#\w(), ]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Container:
    """What an element says: whether it quotes, whether it holds a quotation that may be marked or not, and what its lines are.

    What `is_hidden` no reader sees, so it is nobody's words.
    """

    quotes: bool = False
    is_quotation: bool = False
    place: Place | None = None
    is_preformatted: bool = False
    is_hidden: bool = False
    colour: str = ""


PLAIN = Container()


def container_of(tag: str, told: dict[str, str]) -> Container:
    """Return what an element with these attributes says."""
    if tag == "a" or (not told and tag not in {"blockquote", "pre", "signature"}):
        return PLAIN
    named = " ".join(told.get(name, "") for name in ("class", "id", "name")).lower()
    style = told.get("style", "")
    return Container(
        quotes=_quotes(tag, named, style, told),
        is_quotation=tag != "blockquote" and bool(AROUND.search(named)),
        place=_place(f"{tag} {named}" if tag == "signature" else named, style),
        is_preformatted=tag == "pre" or bool(PREFORMATTED.search(style)),
        is_hidden="hidden" in told or bool(HIDDEN.search(style)),
        colour=_colour(style, told),
    )


def _quotes(tag: str, named: str, style: str, told: dict[str, str]) -> bool:
    if tag == "blockquote":
        return bool(told.get("type") == "cite" or named) or not INDENT.search(style)
    return bool(named) and bool(QUOTATION.search(named))


def _place(named: str, style: str) -> Place | None:
    if named and HEAD.search(named):
        return Place.HEAD
    if (named and ORIGINAL.search(named)) or ORIGINAL_STYLE.search(style):
        return Place.ORIGINAL
    if named and SIGNATURE.search(named) and not NO_SIGNATURE.search(named):
        return Place.SIGNATURE
    return None


def _colour(style: str, told: dict[str, str]) -> str:
    if HIGHLIGHTED.search(style):
        return "highlighted"
    found = COLOUR.search(style)
    return (found[1] if found else told.get("color", "")).strip().lower()
