"""Quotations without marks: as Outlook and others write them, everything below the head of the mail that is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from correspondence.inbound.reading.closing_words import PROSE_ENDS
from correspondence.inbound.reading.heads import Head
from correspondence.inbound.reading.lines import Line

# The last line of our own mails, by which we know where the quotation of one of them ends.
OUR_FOOT = re.compile(r"/unsubscribe/|\bStop this mail\b")
OUR_ADDRESS = re.compile(r"\b[a-z]{3,12}\+[a-z2-7]{16,60}@")
UNSUBSCRIBE = re.compile(r"(https?://[^/\s<>()]{1,200})/\S{0,40}unsubscribe/")
# What Outlook offers to write in; links and its own replies have other colours.
COLOURS_OF_ANSWERS = {
    *("red", "#ff0000", "#c00000", "rgb(255, 0, 0)", "rgb(192, 0, 0)", "#00b050", "rgb(0, 176, 80)", "#0070c0", "rgb(0, 112, 192)"),
    *("highlighted", "#ff2600", "rgb(255, 38, 0)", "rgb(200, 38, 19)", "#c82613"),
    *("#00b0f0", "rgb(0, 176, 240)", "#7030a0", "rgb(112, 48, 160)", "green", "#008000", "#ff6600", "#ed7d31"),
}
PLAIN_COLOURS = {"", "black", "#000000", "#000", "windowtext", "rgb(0, 0, 0)"}
# Warnings that a server puts above mail from outside, the last lines of firms: coloured, and nobody's answer.
SERVES = re.compile(
    r"\bexternal\b|\boutside\b|\bextern\w{0,2}\b|\bcaution\b|\bwarning\b|\bachtung\b|\blet op\b|\battention\b|\batenci[oó]n\b|外部",
    re.IGNORECASE,
)
MOST_OF_A_NAME = 3  # words
ANSWERS_BELOW = re.compile(
    r"\b(?:in.?line|in(?:to)? (?:red|blue|green|colour|color|capitals|bold|the text)|(?:answers?|repl(?:y|ies)|comments?|responses?|remarks|notes)\b.{0,30}\b(?:below|between|within|in (?:the )?text|beneath)|see below|below in)\b"
    r"|\b(?:in rot|in blau|in grün|siehe unten|weiter unten|im text|dazwischen)\b|\b(?:en rouge|en bleu|en vert|ci-dessous|dans le texte|plus bas)\b|\b(?:en rojo|en azul|más abajo|abajo en|en el texto|em vermelho|abaixo)\b"
    r"|\b(?:in het rood|in het blauw|hieronder|tussen de)\b|\b(?:in rosso|qui sotto|in blu)\b|\bna czerwono\b|\bponiżej\b|\bi rött\b|\bnedan\b|见下|見下|如下|红色|紅色|赤字|下記|以下に",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"^[\[【][\w .'-]{1,30}[:\]】]")


def is_answered_within(lines: Sequence[Line], head: Head) -> bool:
    """Whether somebody seems to have written their answers into the quotation, and nothing tells whose words are whose."""
    below = [line for line in lines[head.ends :] if line.text]
    if sum(bool(BRACKETED.match(line.text)) for line in below) >= 2 or _in_colour(lines, head):
        return True
    return _tells_of_answers(lines, head) and any(line.as_written is not None or line.colour not in PLAIN_COLOURS for line in below)


def answers_by_colour(lines: Sequence[Line], head: Head) -> set[int]:
    """Return the lines below a head that are answers by their colour; none when they begin right below it: what do they answer?"""
    coloured = _in_colour(lines, head)
    first = next((at for at in range(head.ends, len(lines)) if lines[at].text), -1)
    return coloured if first not in coloured else set()


def answers_among_marked(lines: Sequence[Line], heads: Sequence[Head]) -> set[int]:
    """Return the lines that have the marks of a quotation and the colour of answers, where somebody says above that they stand in it."""
    if not heads or not _tells_of_answers(lines, heads[0]):
        return set()
    return {at for at in range(heads[0].ends, len(lines)) if lines[at].depth and lines[at].colour in COLOURS_OF_ANSWERS}


def _in_colour(lines: Sequence[Line], head: Head) -> set[int]:
    """Return the lines below a head that have the colour of answers, if they are more than a name in a signature."""
    below = [at for at in range(head.ends, len(lines)) if lines[at].text]
    is_told = _tells_of_answers(lines, head) or not any(line.text for line in lines[: head.begins])
    coloured = {at for at in below if lines[at].colour in COLOURS_OF_ANSWERS and not SERVES.search(lines[at].text)}
    if is_told and not coloured:
        coloured = {at for at in below if lines[at].colour not in PLAIN_COLOURS}
    runs = sum(at in coloured and (not place or below[place - 1] not in coloured) for place, at in enumerate(below))
    is_sure = is_told or runs > 1 or any(_is_sentence(lines[at].text) for at in coloured)
    return coloured if is_sure else set()


def _is_sentence(text: str) -> bool:
    return len(text.split()) > MOST_OF_A_NAME or bool(PROSE_ENDS.search(text))


def _tells_of_answers(lines: Sequence[Line], head: Head) -> bool:
    """Whether somebody says above the quotation that their answers stand in it."""
    return bool(ANSWERS_BELOW.search(" ".join(line.text for line in lines[: head.begins])[-600:]))


def end_of_original(lines: Sequence[Line], head: Head) -> int:
    """Return where the quotation ends: with the foot of our own mail where that is known, and else with the mail."""
    foot = next((at for at in range(len(lines) - 1, head.ends - 1, -1) if OUR_FOOT.search(lines[at].text)), None)
    if foot is None:
        return len(lines)
    host = next((found[1] for line in lines[head.ends : foot + 1] if (found := UNSUBSCRIBE.search(line.text))), "")
    last = foot
    for at in range(foot, len(lines)):
        text = lines[at].text
        if (at == last + 1 and text) or OUR_ADDRESS.search(text) or (host and host in text):
            last = at
    return last + 1
